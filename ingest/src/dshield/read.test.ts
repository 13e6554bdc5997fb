import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../config/error.js';
import { readFigures } from './read.js';

const HISTORY = 'https://isc.sans.edu/api/porthistory/7547/2026-11-21/2026-11-22';

describe('port history', () => {
  const want = [
    { port: 7547, day: '2026-11-21', records: 43_296, targets: 3_312, sources: 1_189, tcpShare: 0.75 },
    { port: 7547, day: '2026-11-22', records: 900_000, targets: 40_000, sources: 30_000, tcpShare: undefined },
  ];
  test('as JSON: an object with numbered keys, its port in the URL', () => {
    const text = JSON.stringify({
      0: { date: '2026-11-21', records: 43_296, targets: 3_312, sources: 1_189, tcp: 75, udp: 25 },
      1: { date: '2026-11-22', records: '900000', targets: '40000', sources: 30_000, tcp: null, udp: null },
      startdate: '2026-11-21',
      enddate: '2026-11-22',
    });
    expect(readFigures(text, `${HISTORY}?json`, {}).ports).toEqual(want);
  });
  test('as JSON: a list, its port beside it', () => {
    const entry = { date: '2026-11-22', records: 1, targets: 1, sources: 1, tcp: 0, udp: 0 };
    expect(readFigures(JSON.stringify({ port: 23, portinfo: [entry] }), 'a.json', {}).ports).toMatchObject([
      { port: 23, tcpShare: undefined },
    ]);
  });
  test('as XML, the default of the API', () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?>
      <porthistory><port>7547</port><startdate>2026-11-21</startdate>
      <portinfo><date>2026-11-21</date><records>43296</records><targets>3312</targets><sources>1189</sources><tcp>75</tcp><udp>25</udp></portinfo>
      <portinfo><date>2026-11-22</date><records>900000</records><targets>40000</targets><sources>30000</sources><tcp/><udp/></portinfo>
      </porthistory>`;
    expect(readFigures(text, 'history.xml', {}).ports).toEqual(want);
  });
  test('as text with a title, its port in a comment, an option, or the URL', () => {
    const text = (head: string) =>
      `# made by hand\n${head}date\trecords\ttargets\tsources\ttcpratio\n2026-11-21\t43296\t3312\t1189\t75\n`;
    expect(readFigures(text('# port: 7547\n'), 'p.txt', {}).ports).toEqual([want[0]]);
    expect(readFigures(text(''), 'p.txt', { port: 7547 }).ports).toEqual([want[0]]);
    expect(readFigures(text(''), 'https://www.dshield.org/portascii.html?port=7547', {}).ports).toEqual([want[0]]);
    expect(() => readFigures(text(''), 'p.txt', {})).toThrow('p.txt: 1 of 1 entries cannot be read: it says no port');
  });
});

test('top ports: JSON with the day beside the ranks, text with the day in the URL', () => {
  const ranks = {
    0: { rank: 1, targetport: 23, records: 900, targets: 12, sources: 800 },
    limit: 10,
    date: '2026-09-24',
  };
  const want = [{ port: 23, day: '2026-09-24', records: 900, targets: 12, sources: 800, tcpShare: undefined }];
  expect(readFigures(JSON.stringify(ranks), 'top.json', {}).ports).toEqual(want);
  const text = 'port\trecords\ttargets\tsources\n23\t900\t12\t800\n';
  const url = 'https://isc.sans.edu/portascii.html?start=2026-09-24&end=2026-09-24';
  expect(readFigures(text, url, {}).ports).toEqual(want);
  expect(readFigures(text, 'top.txt', { day: '2026-09-24' }).ports).toEqual(want);
  expect(() => readFigures(text, 'top.txt', {})).toThrow('give --date');
});

test('top sources: the API, lists by address with padded octets, daily sources by port added up', () => {
  const api = { 0: { rank: 1, source: '203.0.113.7', reports: 88, targets: 5 }, date: '2026-11-22' };
  expect(readFigures(JSON.stringify(api), 'topips.json', {}).sources).toEqual([
    { day: '2026-11-22', address: '203.0.113.7', reports: 88, targets: 5 },
  ]);
  const list =
    '# source IP <tab> Reports <tab> Targets <tab> First Seen <tab> Last Seen <tab> Updated <CR>\n' +
    '109.230.148.061\t85\t56\t\t2026-11-22\t2026-11-22 11:09:07\n';
  expect(readFigures(list, 'as.txt', {}).sources).toEqual([
    { day: '2026-11-22', address: '109.230.148.61', reports: 85, targets: 56 },
  ]);
  const daily = ['23\t6\t10\t4', '80\t6\t5\t7'].map((row) => `198.051.100.007\t${row}\t00:00:01\t23:00:00\n`).join('');
  expect(readFigures(daily, 'daily_sources', { day: '2026-11-22' }).sources).toEqual([
    { day: '2026-11-22', address: '198.51.100.7', reports: 15, targets: 7 },
  ]);
});

test('daily summaries: days in all', () => {
  const day = { date: '2026-11-22', sources: 429_855, targets: 173_302, reports: 13_513_903 };
  expect(readFigures(JSON.stringify([day]), 'summary.json', {}).days).toEqual([
    { day: '2026-11-22', records: 13_513_903, targets: 173_302, sources: 429_855 },
  ]);
});

describe('what cannot be is refused with its place and reason', () => {
  test.each([
    ['', 'is empty'],
    ['<!DOCTYPE html><html><body>429</body></html>', 'web page'],
    ['{"0":{"date":"2026-11', 'has no figures'],
    ['<porthistory><portinfo><date>2026-11-22</date>', 'does not end'],
    ['</a>', 'ends nothing'],
    ['{"error":"bad port"}', 'has no figures'],
    ['[{"port":22,"date":"2026-02-30","records":1,"targets":1,"sources":1}]', 'no day'],
    ['[{"port":70000,"date":"2026-11-22","records":1,"targets":1,"sources":1}]', '"70000" is no port'],
    ['[{"port":22,"date":"2026-11-22","records":-1,"targets":1,"sources":1}]', 'no number'],
  ])('%j', (text, why) => {
    expect(() => readFigures(text, 'x', {})).toThrow(UserError);
    expect(() => readFigures(text, 'x', {})).toThrow(why);
  });
  test('a few bad entries among good ones are counted', () => {
    const entry = { port: 22, date: '2026-11-22', records: 1, targets: 1, sources: 1 };
    const figures = readFigures(JSON.stringify([entry, entry, { ...entry, port: 'ssh' }]), 'x', {});
    expect([figures.ports.length, figures.bad, figures.firstBad]).toEqual([2, 1, '"ssh" is no port']);
  });
});

test('any text, and any change of a document, is read or refused in a sentence, and quickly', () => {
  const documents = [
    '{"0":{"date":"2026-11-21","records":1,"targets":1,"sources":1},"port":22}',
    '<a><b><date>2026-11-21</date><records>1</records></b></a>',
    '# port: 22\ndate\trecords\ttargets\tsources\n2026-11-21\t1\t1\t1\n',
  ];
  const changed = fc
    .tuple(fc.constantFrom(...documents), fc.nat(80), fc.nat(80), fc.string({ maxLength: 8 }))
    .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
  fc.assert(
    fc.property(fc.oneof(changed, fc.string({ maxLength: 200 })), (text) => {
      try {
        const { ports, sources, days } = readFigures(text, 'x', { port: 22, day: '2026-11-22' });
        for (const { port } of ports) expect(port).toBeGreaterThan(0);
        for (const { day } of [...ports, ...sources, ...days]) expect(Number.isNaN(Date.parse(day))).toBe(false);
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    }),
    { seed: 7, numRuns: 2_000 }
  );
});

import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { readAll } from '../reader.case.js';
import { nfdump, reasons } from './parse.js';

describeDialect({
  dialect: nfdump,
  reasons,
  url: import.meta.url,
  cutMayChange: { count: 'the number of flows stands last' },
});

describe('nfdump: lines below a title', () => {
  const read = (...lines: readonly string[]): readonly unknown[] => readAll(nfdump.open!(), lines);
  const FLOW = '2026-11-22 03:04:05.678,0.000,TCP,198.51.100.23,40112,203.0.113.9,23,1,40,1';
  const TITLE = 'firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows';

  test('are read by it, in any choice and order; a comma may end the title', () => {
    expect(
      read(
        'dstAddr,dstPort,srcAddr,srcPort,proto,flags,routerIP,inIfName,pfAction,pfRule,pfDirection,firstSeen,',
        '203.0.113.9,23,198.51.100.23,40112,TCP,0x02,192.0.2.15,em0,block,17,in,1795316645.678'
      )
    ).toEqual([
      'header',
      {
        time: '2026-11-22T03:04:05.678Z',
        proto: 'tcp',
        srcIp: '198.51.100.23',
        dstIp: '203.0.113.9',
        srcPort: 40112,
        dstPort: 23,
        tcpFlags: 'SYN',
        sensor: '192.0.2.15',
        ifaceIn: 'em0',
        rule: '17',
        action: 'drop',
        direction: 'in',
      },
    ]);
  });

  test.each([
    ['DENIED', 'drop', undefined],
    ['CREATE', 'allow', { event: 'open' }],
    ['DELETE', 'allow', { event: 'close' }],
    ['IGNORE', undefined, undefined],
    ['__proto__', undefined, undefined],
  ])("tell a firewall's event: %s", (word, action, attrs) => {
    const [, event] = read(
      'srcAddr,dstAddr,proto,event,dstXIP,dstXPort,dstPort',
      `192.0.2.1,203.0.113.9,6,${word},10.0.0.9,8080,80`
    );
    expect(event).toEqual({
      proto: 'tcp',
      srcIp: '192.0.2.1',
      dstIp: '203.0.113.9',
      dstPort: 80,
      natDstIp: '10.0.0.9',
      natDstPort: 8080,
      ...(action && { action }),
      ...(attrs && { attrs }),
    });
  });

  test('end with a sum, in the words of either release, that is neither event nor refused', () => {
    const ok = expect.objectContaining({ dstPort: 23 }) as unknown;
    expect(
      read(TITLE, FLOW, 'Summary', 'flows,bytes,packets,avg_bps,avg_pps,avg_bpp', '1,40,1,0,0,40', TITLE, FLOW)
    ).toEqual(['header', ok, 'header', 'header', 'header', 'header', ok]);
    expect(
      read(
        TITLE,
        'Summary: total flows: 1, total bytes: 40, total packets: 1, avg bps: 0, avg pps: 0, avg bpp: 40',
        'Time window: 2026-11-22 03:04:05 - 2026-11-22 03:04:05',
        'Total flows processed: 1, passed: 1, Blocks skipped: 0, Bytes read: 256',
        'Sys: 0.0000s User: 0.0040s Wall: 0.0049s flows/second: 204.1 Runtime: 0.0051s',
        'No matched flows'
      )
    ).toEqual(Array.from({ length: 6 }, () => 'header'));
  });

  test('that were cut are refused, and others are none of its', () => {
    expect(read(TITLE, FLOW.slice(0, 60), FLOW.slice(0, 50), '1,2', 'a,b,c')).toEqual([
      'header',
      'truncated',
      'truncated',
      'unclaimed',
      'unclaimed',
    ]);
    expect(read('Summary', '1,40,1,0,0,40')).toEqual(['unclaimed', 'unclaimed']);
  });
});

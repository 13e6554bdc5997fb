import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { disagreements, formatFiles, formatLines, hasFormats, WHERE } from '../formats.case.js';
import { countVerdicts, readAll } from '../reader.case.js';
import { reasons, vpcflow } from './parse.js';

describeDialect({ dialect: vpcflow, reasons, url: import.meta.url });

const read = (...lines: readonly string[]): readonly unknown[] => readAll(vpcflow.open!(), lines);

describe("vpcflow: a file's first row", () => {
  test('tells how its lines are read, in any choice and order', () => {
    expect(
      read(
        'dstport dstaddr srcaddr action log-status protocol tcp-flags start instance-id flow-direction',
        '23 203.0.113.9 198.51.100.23 REJECT OK 6 2 1795316645 i-0a1b2c3d ingress'
      )
    ).toEqual([
      'header',
      {
        time: '2026-11-22T03:04:05.000Z',
        proto: 'tcp',
        srcIp: '198.51.100.23',
        dstIp: '203.0.113.9',
        dstPort: 23,
        tcpFlags: 'SYN',
        action: 'drop',
        direction: 'in',
        sensor: 'i-0a1b2c3d',
        attrs: { instance: 'i-0a1b2c3d' },
      },
    ]);
  });

  test('may leave out protocol, ports and time, and have the addresses of packets alone', () => {
    expect(read('interface-id pkt-srcaddr pkt-dstaddr', 'eni-1 198.51.100.23 203.0.113.9')).toEqual([
      'header',
      expect.objectContaining({ srcIp: '198.51.100.23', dstIp: '203.0.113.9', sensor: 'eni-1' }),
    ]);
  });

  test('is forgotten when another comes; lines that do not fit it are none of its', () => {
    const title = 'interface-id srcaddr dstaddr srcport dstport protocol log-status';
    expect(
      read(
        title,
        'eni-1 198.51.100.23 203.0.113.9 40112 23 6 OK',
        'eni-1 198.51.100.23 203.0.113.9 40112',
        'eni-1 - - - - - NODATA',
        'sshd[811]: Invalid user root from 198.51.100.23 port',
        'srcaddr dstaddr dstport protocol',
        '198.51.100.23 203.0.113.9 53 17'
      )
    ).toEqual([
      'header',
      expect.objectContaining({ dstPort: 23 }),
      'truncated',
      'not-traffic',
      'unclaimed',
      'header',
      expect.objectContaining({ dstPort: 53, proto: 'udp' }),
    ]);
  });
});

test('vpcflow: flags of 0 are said of ACK alone too, so they are not known', () => {
  const [, event] = read('srcaddr dstaddr srcport dstport protocol tcp-flags', '192.0.2.1 203.0.113.9 1 2 6 0');
  expect(event).not.toHaveProperty('tcpFlags');
});

/** Verdicts of every real line of AWS's. Unclaimed: load balancers and buckets, whose logs are of requests. */
const VERDICTS = {
  'beats__accept-reject-traffic.log': { header: 1, ok: 4 },
  'beats__bad.log': { unclaimed: 1 },
  'beats__custom-nat-gateway.log': { header: 1, ok: 2 },
  'beats__no-data-skip-data.log': { 'not-traffic': 2 },
  'elastic__aws_extra-samples.log': { ok: 5, 'not-traffic': 2 },
  'elastic__aws_v5-all-fields.log': { ok: 1 },
  'logstashgrok__aws.log': { unclaimed: 8 },
  'tenzir__cloudwatch-v2.log': { ok: 2, 'not-traffic': 2 },
  'tenzir__cloudwatch-v7-ecs.log': { ok: 2, 'not-traffic': 2 },
};

describe.skipIf(!hasFormats)(`vpcflow: real lines${WHERE}`, () => {
  const files = hasFormats ? formatFiles('awsvpc').filter((file) => file in VERDICTS) : [];

  test('every line is read, or refused for the right reason', () => {
    const found = files.map((file) => [file, countVerdicts(read(...formatLines('awsvpc', file)))]);
    expect(Object.fromEntries(found)).toEqual(VERDICTS);
  });

  test("those of other clouds are none of AWS's", () => {
    for (const file of formatFiles('awsvpc').filter((each) => !files.includes(each))) {
      expect(countVerdicts(read(...formatLines('awsvpc', file)))).toEqual({
        unclaimed: formatLines('awsvpc', file).length,
      });
    }
  });

  test('addresses, ports and protocol are those expected', () => {
    expect(files.flatMap((file) => disagreements(vpcflow, 'awsvpc', file))).toEqual([]);
    expect(read(...formatLines('awsvpc', 'beats__custom-nat-gateway.log')).slice(1)).toEqual([
      expect.objectContaining({ srcIp: '10.0.1.5', dstIp: '10.0.0.220', attrs: { packet_target: '203.0.113.5' } }),
      expect.objectContaining({ srcIp: '10.0.1.5', dstIp: '203.0.113.5' }),
    ]);
    expect(read(...formatLines('awsvpc', 'tenzir__cloudwatch-v7-ecs.log'))[0]).toMatchObject({
      time: '2025-12-18T14:18:18.000Z',
      srcIp: '10.0.0.205',
      srcPort: 48126,
      dstIp: '3.250.243.104',
      dstPort: 443,
      proto: 'tcp',
      packets: 100,
      bytes: 58361,
      durationMs: 26_000,
      action: 'allow',
      sensor: 'eni-019d08b328f01b673',
    });
  });
});

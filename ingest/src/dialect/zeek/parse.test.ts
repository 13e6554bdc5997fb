import { describe, expect, test } from 'vitest';
import { newEvent, reset } from '../../event/event.js';
import { describeDialect } from '../dialect.case.js';
import type { Reader } from '../dialect.js';
import { disagreements, formatFiles, formatLines, hasFormats, TEST_CONTEXT, WHERE } from '../formats.case.js';
import { described } from '../samples.case.js';
import { reasons, zeek } from './parse.js';

describeDialect({ dialect: zeek, reasons, url: import.meta.url });

const opened = (): Reader => zeek.open!();

/** Verdicts of lines in their order, read by one reader; with the event where there is one. */
function readAll(reader: Reader, lines: readonly string[]): readonly unknown[] {
  const event = newEvent();
  return lines.map((line) => {
    if (!reader.claims(line)) return 'unclaimed';
    reset(event);
    const verdict = reader.parse(line, TEST_CONTEXT, event);
    return verdict === 'ok' ? described(event) : verdict;
  });
}

const HEAD = ['#separator \\x09', '#set_separator\t,', '#empty_field\t(empty)', '#unset_field\t-'];
const conn = (fields: string): readonly string[] => [
  ...HEAD,
  '#path\tconn',
  `#fields\t${fields}`,
  '#types\ttime\taddr',
];

describe('zeek: a file with a head', () => {
  test('is read by the columns that the head names, in any order and choice', () => {
    const lines = [
      ...conn('conn_state\tts\tid_resp_h\tid_orig_h\tproto\tid_resp_p\tid_orig_p\tspare'),
      'S0\t1795316645.678901\t203.0.113.9\t198.51.100.23\ttcp\t22\t40112\t-',
    ];
    // A line that starts with no digit is no line of a log whose first column is a time.
    expect(readAll(opened(), lines).at(-1)).toBe('unclaimed');
    const ordered = [
      ...conn('ts\tconn_state\tid_resp_h\tid_orig_h\tproto\tid_resp_p\tid_orig_p\tspare'),
      '1795316645.678901\tS0\t203.0.113.9\t198.51.100.23\ttcp\t22\t40112\t-',
    ];
    expect(readAll(opened(), ordered)).toEqual([
      ...Array.from({ length: 7 }, () => 'header'),
      {
        time: '2026-11-22T03:04:05.678Z',
        proto: 'tcp',
        srcIp: '198.51.100.23',
        dstIp: '203.0.113.9',
        srcPort: 40112,
        dstPort: 22,
        tcpFlags: 'SYN',
        attrs: { state: 'S0' },
      },
    ]);
  });

  test('that holds notices, and a separator of its own, is read too', () => {
    const lines = [
      '#separator ,',
      '#unset_field,~',
      '#path,notice',
      '#fields,ts,uid,note,msg,src,dst,p,n,peer_descr',
      '1795316645.678901,~,Scan::Address_Scan,scanned,198.51.100.23,~,445,25,worker-1',
      '1795316645.678901,~,Software::Old,old,198.51.100.23,~,~,~,worker-1',
      '#close,2026-11-22-04-00-00',
    ];
    const [, , , , event, ...rest] = readAll(opened(), lines);
    expect(event).toMatchObject({
      action: 'alert',
      srcIp: '198.51.100.23',
      dstPort: 445,
      signature: 'Scan::Address_Scan',
    });
    expect(rest).toEqual(['not-traffic', 'header']);
  });

  test('of another log is no traffic; one that ends is forgotten, and so is what another sender said', () => {
    const reader = opened();
    const line = '1795316645.678901\tx\t198.51.100.23';
    expect(readAll(reader, ['#fields\tts\tuid\tquery', line, '#close\tnow', line])).toEqual([
      'header',
      'not-traffic',
      'header',
      'unclaimed',
    ]);
    readAll(reader, ['#fields\tts\tuid\tquery']);
    expect(readAll(opened(), [line])).toEqual(['unclaimed']);
  });

  test('whose line lost columns is cut, and with too many is none of its', () => {
    const head = conn('ts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state\tuid');
    const line = '1795316645.678901\t198.51.100.23\t1\t203.0.113.9\t2\tudp\tS0\tC1';
    const cut = line.slice(0, line.lastIndexOf('\t'));
    expect(readAll(opened(), [...head, line, cut, `${line}\tx`]).slice(7)).toEqual([
      expect.objectContaining({ dstPort: 2 }),
      'truncated',
      'bad-field',
    ]);
  });
});

/** Verdicts of every real file. Unclaimed: the first line of Zeek's own tests, other logs, a line inside Splunk's. */
const VERDICTS = {
  'elastic__zeek_conn.log': { ok: 17, unclaimed: 1 },
  'logstashgrok__bro.log': { ok: 4, unclaimed: 9 },
  'rita__json_conn.log': { ok: 29 },
  'rita__json_open_conn.log': { ok: 59 },
  'zat__conn.log': { header: 9, ok: 360 },
  'zat__conn_date_issue.log': { header: 8, ok: 3 },
  'zat__json_conn.log': { ok: 50 },
  'zeek__core.cisco-fabric-path.log': { header: 9, ok: 64, unclaimed: 1 },
  'zeek__core.pppoe.log': { header: 9, ok: 7, unclaimed: 1 },
  'zeek__core.tcp.rxmit-history.log': { header: 9, ok: 34, unclaimed: 1 },
  'zeek__core.tunnels.ayiya.log': { header: 9, ok: 8, unclaimed: 1 },
  'zeek__core.tunnels.gre.log': { header: 9, ok: 7, unclaimed: 1 },
  'zeek__core.tunnels.teredo.log': { header: 9, ok: 21, unclaimed: 1 },
  'zeek__core.tunnels.vxlan.log': { header: 9, ok: 5, unclaimed: 1 },
  'zeek__mac-logging1.log': { header: 9, ok: 34, unclaimed: 1 },
  'zeek__opt.basic.log': { header: 9, ok: 34, unclaimed: 1 },
  'zeek__scripts.base.frameworks.logging.field-extension.log': { header: 9, ok: 34, unclaimed: 1 },
  'zeek__scripts.base.frameworks.logging.scope_sep.log': { header: 9, ok: 34, unclaimed: 1 },
  'zeek__scripts.base.protocols.dhcp.dhcp-all-msg-types.log': { header: 9, ok: 4, unclaimed: 1 },
  'zeek__scripts.base.protocols.ssh.basic.log': { header: 9, ok: 25, unclaimed: 1 },
};

describe.skipIf(!hasFormats)(`zeek: real lines${WHERE}`, () => {
  test('every file is read by its own head', () => {
    const found = formatFiles('zeek').map((file) => {
      const counts: Record<string, number> = {};
      // Zeek's own tests mask the times.
      const lines = formatLines('zeek', file).map((line) => line.replaceAll('XXXXXXXXXX.XXXXXX', '1300475167.096535'));
      for (const verdict of readAll(opened(), lines)) {
        const key = typeof verdict === 'string' ? verdict : 'ok';
        counts[key] = (counts[key] ?? 0) + 1;
      }
      return [file, counts];
    });
    expect(Object.fromEntries(found)).toEqual(VERDICTS);
  });

  test('addresses, ports and protocol are those expected', () => {
    expect(disagreements(zeek, 'zeek', 'elastic__zeek_conn.log')).toEqual([]);
  });
});

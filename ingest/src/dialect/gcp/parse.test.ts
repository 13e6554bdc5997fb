import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import type { Dialect } from '../dialect.js';
import { disagreements, formatLines, hasFormats, parsed, verdicts, WHERE } from '../formats.case.js';
import { gcp, reasons } from './parse.js';

describeDialect({ dialect: gcp, reasons, url: import.meta.url });

/** An entry over several lines is one line when it comes to a dialect; its file has `\n` for each line's end. */
const compact = (line: string): string => JSON.stringify(JSON.parse(line));
const compacting: Dialect = { ...gcp, parse: (line, context, event) => gcp.parse(compact(line), context, event) };

describe.skipIf(!hasFormats)(`gcp: real lines${WHERE}`, () => {
  test('every line is read', () => {
    expect(verdicts(gcp, 'awsvpc', 'elastic__gcp_firewall.log')).toEqual({ ok: 22 });
    const flows = formatLines('awsvpc', 'sekoia__google_vpc_flow_logs.log').map((line) =>
      compact(line.replaceAll('\\n', ' '))
    );
    expect(flows.map((line) => [gcp.claims(line), parsed(gcp, line).verdict])).toEqual([
      [true, 'ok'],
      [true, 'ok'],
    ]);
    expect(parsed(gcp, flows[0]!).event).toMatchObject({
      time: Date.UTC(2022, 5, 3, 12, 9, 42, 501),
      durationMs: 267,
      bytes: 1872,
      packets: 16,
      sensor: 'gke-cluster-3-default-pool-4e355575-tdhx',
      direction: 'in',
    });
  });

  test('addresses, ports and protocol are those expected', () => {
    expect(disagreements(gcp, 'awsvpc', 'elastic__gcp_firewall.log')).toEqual([]);
    expect(disagreements(compacting, 'awsvpc', 'sekoia__google_vpc_flow_logs.log')).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { expectedDocuments, formatFiles, formatFolders, hasFormats, parsed, WHERE } from '../formats.case.js';
import { DIALECTS } from '../index.js';
import { protoName } from '../ip/proto.js';
import { ecs, reasons } from './parse.js';

describeDialect({ dialect: ecs, reasons, url: import.meta.url });

const document = (event: object): string =>
  JSON.stringify({
    '@timestamp': '2026-11-22T03:04:05.678Z',
    event,
    source: { ip: '192.0.2.1' },
    destination: { ip: '203.0.113.9', port: 23 },
  });

test.each([
  [{ type: ['denied'] }, 'drop'],
  [{ type: 'denied', kind: 'alert' }, 'drop'],
  [{ type: ['denied'], action: 'reject' }, 'reject'],
  [{ type: ['allowed'], kind: 'alert' }, 'alert'],
  [{ type: ['allowed'] }, 'allow'],
  [{ action: 'accept' }, 'allow'],
  [{ action: 'firewall_blocked' }, 'drop'],
  [{ action: ['drop'] }, 'drop'],
  [{ category: ['intrusion_detection'] }, 'alert'],
  [{ outcome: 'failure' }, 'drop'],
  [{ outcome: 'success' }, 'unknown'],
  [{ type: ['connection'] }, 'unknown'],
])('ecs: what %j says of the packet: %s', (event, action) => {
  expect(parsed(ecs, document(event)).event.action).toBe(action);
});

/** A value at a path, nested or with dots; the first of a list. */
function at(value: unknown, path: string): string {
  let found: unknown = undefined;
  if (typeof value === 'object' && value !== null) {
    const record = value as Record<string, unknown>;
    found = record[path];
    for (let dot = path.indexOf('.'); found === undefined && dot >= 0; dot = path.indexOf('.', dot + 1)) {
      found = at(record[path.slice(0, dot)], path.slice(dot + 1)) || undefined;
    }
  }
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
}

describe.skipIf(!hasFormats)(`ecs: documents that others made of real lines${WHERE}`, () => {
  const documents = formatFolders().flatMap((folder) =>
    formatFiles(folder).flatMap((file) => expectedDocuments(folder, file))
  );

  test('are claimed by no other dialect', () => {
    const others = DIALECTS.filter((dialect) => dialect !== ecs);
    expect(documents.filter((line) => others.some((dialect) => dialect.claims(line)))).toEqual([]);
  });

  test('are read with the addresses, ports and protocol that they have', () => {
    const counts: Record<string, number> = {};
    const wrong: string[] = [];
    for (const line of documents) {
      const { verdict, event } = ecs.claims(line) ? parsed(ecs, line) : { verdict: 'unclaimed', event: undefined };
      counts[verdict] = (counts[verdict] ?? 0) + 1;
      if (verdict !== 'ok' || event === undefined) continue;
      const tree: unknown = JSON.parse(line);
      const want = [at(tree, 'source.ip'), at(tree, 'destination.ip')];
      if (event.srcIp !== want[0] || event.dstIp !== want[1]) wrong.push(`${event.srcIp} ${event.dstIp}: ${line}`);
      const transport = (at(tree, 'network.transport') || at(tree, 'network.iana_number')).toLowerCase();
      const proto = event.proto === 58 && transport === 'ipv6-icmp' ? 'ipv6-icmp' : protoName(event.proto);
      if (transport !== '' && transport !== proto && transport !== String(event.proto)) wrong.push(`${proto}: ${line}`);
      if (event.proto !== 6 && event.proto !== 17) continue;
      const ports = [at(tree, 'source.port') || '0', at(tree, 'destination.port') || '0'];
      if (String(event.srcPort) !== ports[0] || String(event.dstPort) !== ports[1]) wrong.push(`ports: ${line}`);
    }
    expect(wrong.map((each) => each.slice(0, 2000))).toEqual([]);
    // Ports such as 514514, and `http` for a transport, are in the documents; unclaimed are those without an address.
    expect(counts).toEqual({
      ok: 1485,
      unclaimed: 695,
      'not-traffic': 106,
      'no-address': 25,
      'bad-port': 6,
      'bad-field': 1,
    });
  });
});

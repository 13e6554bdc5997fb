import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { expectedText, hasFormats, parsed, WHERE } from '../formats.case.js';
import { protoName } from '../ip/proto.js';
import { DIALECTS } from '../index.js';
import { ocsf, reasons } from './parse.js';

describeDialect({ dialect: ocsf, reasons, url: import.meta.url });

const activity = (fields: object): string =>
  JSON.stringify({ class_uid: 4001, time: 1_795_316_645_678, src_endpoint: { ip: '192.0.2.1' }, ...fields });

test.each([
  [{ action_id: 1 }, 'allow'],
  [{ action_id: 2 }, 'drop'],
  [{ action_id: 2, disposition_id: 21 }, 'reject'],
  [{ action_id: 1, disposition_id: 19 }, 'alert'],
  [{ action_id: 3, activity_id: 5 }, 'reject'],
  [{ action_id: 99, action: 'blocked' }, 'drop'],
  [{ action: 'Denied' }, 'drop'],
  [{ action_id: 0, action: 'Denied' }, 'unknown'],
  [{ activity_id: 6 }, 'unknown'],
])('ocsf: what %j says of the packet: %s', (fields, action) => {
  expect(parsed(ocsf, activity(fields)).event.action).toBe(action);
});

/** Records as Tenzir prints them, one after another, as JSON: their keys, addresses, times and spans have no quotes. */
function fromTql(text: string): readonly unknown[] {
  const lines = text.split('\n').filter((line) => line !== '');
  const json = lines.map((line, index) => {
    const next = lines[index + 1] ?? '';
    const bare = line.trim().endsWith(',') ? line.trim().slice(0, -1) : line.trim();
    const colon = bare.startsWith('"') ? -1 : bare.indexOf(': ');
    const key = colon < 0 ? '' : `${JSON.stringify(bare.slice(0, colon))}: `;
    const value = bare.slice(colon < 0 ? 0 : colon + 2);
    const closes = next.trim().startsWith('}') || next.trim().startsWith(']');
    const comma = line === '}' ? next !== '' : line.endsWith(',') && !closes;
    return `${key}${isJson(value) ? value : JSON.stringify(value)}${comma ? ',' : ''}`;
  });
  return JSON.parse(`[${json.join('\n')}]`) as readonly unknown[];
}

function isJson(value: string): boolean {
  if ('{}[]"'.includes(value[0] ?? '')) return true;
  return ['true', 'false', 'null'].includes(value) || (value !== '' && !Number.isNaN(Number(value)));
}

interface Endpoints {
  readonly src_endpoint?: { readonly ip?: string; readonly port?: number };
  readonly dst_endpoint?: { readonly ip?: string; readonly port?: number };
  readonly connection_info?: { readonly protocol_num?: number };
}

interface Finding extends Endpoints {
  readonly evidences?: readonly Endpoints[];
}

/** Findings without an address are of broken headers, and of a rogue access point. */
describe.skipIf(!hasFormats)(`ocsf: events that Tenzir made of real lines${WHERE}`, () => {
  test.each([
    ['suricata', 'tenzir__flow', { ok: 10 }],
    ['suricata', 'tenzir__alert', { ok: 4, 'no-address': 1 }],
    ['fortigate', 'tenzir__fortigate', { ok: 34, 'not-traffic': 23, 'no-address': 1 }],
  ])('%s/%s: %o, with the addresses, ports and protocol that they have', (folder, file, counts) => {
    const found: Record<string, number> = {};
    for (const each of fromTql(expectedText(folder, `${file}.expected.txt`)) as readonly Finding[]) {
      const line = JSON.stringify(each);
      expect(DIALECTS.filter((dialect) => dialect.claims(line)).map(({ name }) => name)).toEqual(['ocsf']);
      const { verdict, event } = parsed(ocsf, line);
      found[verdict] = (found[verdict] ?? 0) + 1;
      if (verdict !== 'ok') continue;
      const packet = each.evidences?.[0] ?? each;
      expect([event.srcIp, event.dstIp]).toEqual([packet.src_endpoint?.ip ?? '', packet.dst_endpoint?.ip ?? '']);
      const number = packet.connection_info?.protocol_num;
      if (number !== undefined) expect(protoName(event.proto)).toBe(protoName(number));
      if (event.proto === 6 || event.proto === 17) {
        expect([event.srcPort, event.dstPort]).toEqual([
          packet.src_endpoint?.port ?? 0,
          packet.dst_endpoint?.port ?? 0,
        ]);
      }
    }
    expect(found).toEqual(counts);
  });
});

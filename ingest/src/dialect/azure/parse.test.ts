import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { disagreements, formatFiles, hasFormats, parsed, verdicts, WHERE } from '../formats.case.js';
import { azure, reasons } from './parse.js';

describeDialect({ dialect: azure, reasons, url: import.meta.url });

const sentence = (msg: string): string =>
  JSON.stringify({ category: 'AzureFirewallApplicationRule', properties: { msg }, time: '2026-11-22T03:04:05Z' });

test("azure: words in a request's address change nothing", () => {
  const line = sentence(
    'HTTP request from 10.0.0.4:1 to a.example:80. Url: a.example/. Action: Allow. Rule: mine. Action: Deny. Rule: his'
  );
  expect(parsed(azure, line).event).toMatchObject({ action: 'drop', rule: 'his', attrs: { target_name: 'a.example' } });
});

test('azure: an IPv6 address is read without a port of its own', () => {
  const line = sentence('ICMP Type=128 request from 2001:db8::1 to 2001:db8::2. Action: Deny.');
  expect(parsed(azure, line).event).toMatchObject({ srcIp: '2001:db8::1', dstIp: '2001:db8::2', icmpType: 128 });
});

/** Verdicts of every real line of Azure's. Without a target: a handshake that named none. */
const VERDICTS = {
  'elastic__azure_applicationrules-raw.log': { ok: 6, 'no-address': 1 },
  'elastic__azure_sdh3075-raw.log': { ok: 1 },
  'sekoia__azure-network-watcher-flow-logs.log': { ok: 6 },
};

describe.skipIf(!hasFormats)(`azure: real lines${WHERE}`, () => {
  const files = Object.keys(VERDICTS);

  test('every line is read, or refused for the right reason; those of other clouds are none of its', () => {
    const found = formatFiles('awsvpc').map((file) => [file, verdicts(azure, 'awsvpc', file)] as const);
    expect(Object.fromEntries(found.filter(([file]) => files.includes(file)))).toEqual(VERDICTS);
    for (const [file, counts] of found) if (!files.includes(file)) expect(Object.keys(counts)).toEqual(['unclaimed']);
  });

  test('addresses, ports and protocol are those expected', () => {
    expect(files.flatMap((file) => disagreements(azure, 'awsvpc', file))).toEqual([]);
  });
});

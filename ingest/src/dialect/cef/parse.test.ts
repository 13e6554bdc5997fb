import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { disagreements, formatFiles, formatLines, hasFormats, verdicts, WHERE } from '../formats.case.js';
import { cef, reasons } from './parse.js';

const LAST = 'Check Point ends its lines with the source';

describeDialect({
  dialect: cef,
  reasons,
  url: import.meta.url,
  cutMayChange: {
    srcIp: LAST,
    rule: "a policy's number comes before its name",
    sensor: 'a serial number stands in where the name is cut off',
    action: 'where `act` is cut off, the name of the event tells it',
    signature: 'its name stands for one that is cut off',
  },
});

/** Verdicts of every file with a CEF line; what is refused is a login, the work of an update, or has a name for an address. */
const VERDICTS = {
  'sc4s__infoblox.log': { 'not-traffic': 1, unclaimed: 44 },
  'sc4s__infoblox_comments.log': { 'not-traffic': 1, unclaimed: 1 },
  'sekoia__checkpoint.log': { ok: 15, 'not-traffic': 1, unclaimed: 7 },
  'sekoia__fortigate.log': { ok: 20, 'not-traffic': 7, 'bad-address': 5, unclaimed: 64 },
  'sekoia__paloalto-ngfw.log': { ok: 5, 'not-traffic': 7, 'no-address': 1, unclaimed: 88 },
  'sekoia__sonicwall-fw.log': { ok: 6, 'not-traffic': 1, unclaimed: 2 },
};

const FILES = ['bindrpz', 'extras', 'fortigate', 'mikrotik', 'panos'].flatMap((folder) =>
  hasFormats ? formatFiles(folder).map((file) => [folder, file] as const) : []
);

describe.skipIf(!hasFormats)(`cef: real lines${WHERE}`, () => {
  test('every line is read, or refused for the right reason', () => {
    const found = FILES.filter(([folder, file]) => formatLines(folder, file).some((line) => cef.claims(line)));
    expect(Object.fromEntries(found.map(([folder, file]) => [file, verdicts(cef, folder, file)]))).toEqual(VERDICTS);
  });

  test('addresses, ports and protocol are those expected', () => {
    const others = FILES.flatMap(([folder, file]) => disagreements(cef, folder, file));
    // Theirs takes the next pair, whose key ends in a colon, for a part of the protocol.
    expect(others.map(({ what }) => what)).toEqual(['protocol tcp, not 6 scheme:=ike']);
  });
});

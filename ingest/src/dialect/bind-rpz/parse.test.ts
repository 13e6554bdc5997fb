import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { disagreements, formatFiles, formatLines, hasFormats, verdicts, WHERE } from '../formats.case.js';
import { bindRpz, reasons } from './parse.js';

describeDialect({
  dialect: bindRpz,
  reasons,
  url: import.meta.url,
  cutMayChange: { rule: "the policy zone's name mostly ends the line" },
});

/** Verdicts of every file that has a rewrite; what is refused was loaded, or could not be looked up. */
const VERDICTS = {
  'elastic__infoblox_nios_dns.log': { 'not-traffic': 1, ok: 1, unclaimed: 24 },
  'sc4s__infoblox.log': { ok: 1, unclaimed: 44 },
  'sc4s__infoblox_comments.log': { ok: 1, unclaimed: 1 },
  'sekoia__bind.log': { 'not-traffic': 4, ok: 2, unclaimed: 32 },
  'transcribed__rpz.log': { 'not-traffic': 1, ok: 7 },
};

const FILES = hasFormats ? formatFiles('bindrpz') : [];

describe.skipIf(!hasFormats)(`bind-rpz: real lines${WHERE}`, () => {
  test('every line is read, or refused for the right reason', () => {
    const found = FILES.filter((file) => formatLines('bindrpz', file).some((line) => bindRpz.claims(line)));
    expect(Object.fromEntries(found.map((file) => [file, verdicts(bindRpz, 'bindrpz', file)]))).toEqual(VERDICTS);
  });

  test('addresses and ports are those expected', () => {
    expect(FILES.flatMap((file) => disagreements(bindRpz, 'bindrpz', file))).toEqual([]);
  });
});

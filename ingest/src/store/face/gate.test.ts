import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EmbeddedStore } from '../embedded.js';
import { tempFolder } from '../fixture.case.js';
import { identifier, literal } from '../text.js';
import { Gate } from './gate.js';
import { tokenize } from './tokens.js';

const folder = tempFolder('gate');
let store: EmbeddedStore;
let gate: Gate;

beforeAll(async () => {
  store = await EmbeddedStore.open(folder.path);
  gate = new Gate(store.engine);
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

/** Ways to hide an expression in a larger one. */
const WRAPPERS: ((e: string) => string)[] = [
  (e) => `(${e})`,
  (e) => `length(${e})`,
  (e) => `arrayMap(x -> ${e}, [1])`,
  (e) => `if(1, ${e}, '')`,
  (e) => `(SELECT ${e})`,
  (e) => `CAST(${e}, 'String')`,
  (e) => `concat('-- /* ', ${e}, ' */ \\'')`,
  (e) => `concat($a$ it's $a$, ${e})`,
  (e) => `[${e}][1]`,
  (e) => `tuple(1, ${e}).2`,
  (e) => `(${e} AS "odd ' name")`,
  (e) => `/* ' */ ${e} -- '\n`,
  (e) => `(WITH ${e} AS w SELECT w)`,
  (e) => `CASE WHEN 1 THEN ${e} ELSE '' END`,
];
const hidden = (base: string) =>
  fc
    .array(fc.constantFrom(...WRAPPERS), { maxLength: 5 })
    .map((wrappers) => wrappers.reduce((e, wrap) => wrap(e), base));

describe('the gate', () => {
  test('finds a function that reads files however deep it lies', async () => {
    const bases = [
      "file('/etc/passwd')",
      "`file` ('/etc/passwd')",
      "arrayMap(file, ['/etc/passwd'])",
      '"fi\\x6ce"(\'/etc/passwd\')',
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...bases).chain(hidden), async (expression) => {
        await expect(gate.admit(`SELECT ${expression}`)).rejects.toMatchObject({ type: 'READONLY' });
      }),
      { numRuns: 80, seed: 4 }
    );
  });

  test('does not mistake text for it', async () => {
    await fc.assert(
      fc.asyncProperty(hidden("lower('file(1) INTO OUTFILE')"), async (expression) => {
        await expect(gate.admit(`SELECT ${expression}`)).resolves.toHaveProperty('sql');
      }),
      { numRuns: 80, seed: 4 }
    );
  });

  test('reads the engine’s quoting as the engine means it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        async (text, name) => {
          fc.pre(!name.includes('\0'));
          const { sql } = await gate.admit(`SELECT ${literal(text)} AS ${identifier(name)}`);
          const tokens = tokenize(sql).map((token) => token.text);
          expect(tokens).toEqual(['SELECT', text, 'AS', name]);
        }
      ),
      { numRuns: 100, seed: 4 }
    );
  });

  test('tells format and identifier parameters of a statement', async () => {
    const sql = "select {a:UInt8}, 'FORMAT CSV' from {db:Identifier}.{t:Identifier} -- FORMAT TSV\n format Native";
    expect(await gate.admit(sql)).toMatchObject({ format: 'Native', identifiers: ['db', 't'] });
    expect(await gate.admit('SELECT 1 AS format')).toMatchObject({ format: '', identifiers: [] });
  });
});

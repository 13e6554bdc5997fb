import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { expect, it } from 'vitest';

const eslint = new ESLint({ cwd: fileURLToPath(new URL('../..', import.meta.url)) });

/** Rules that a file of ingest breaks. */
async function broken(code: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: 'ingest/src/dialect/made-up.ts' });
  return result!.messages.map(({ ruleId }) => ruleId);
}

it.each([
  ['export const nested = /^(?:a+)+$/;', 'regexp/no-super-linear-backtracking'],
  ['export const neighbours = /^\\d+\\.?\\d+x/;', 'regexp/no-super-linear-backtracking'],
  ["export const built = new RegExp('^(?:a+)+$');", 'regexp/no-super-linear-backtracking'],
  ['export const everywhere = /\\s+$/;', 'regexp/no-super-linear-move'],
])('lint refuses an expression that backtracks: %s', async (code, rule) => {
  expect(await broken(code)).toContain(rule);
});

it.each(['export const once = /^\\d{1,12}$/;', 'export const word = /^[a-z]+:/;', 'export const all = /%(.?)/gs;'])(
  'lint accepts one that does not: %s',
  async (code) => {
    expect(await broken(code)).toEqual([]);
  }
);

import { stat } from 'node:fs/promises';
import path from 'node:path';
import picomatch from 'picomatch';
import { glob } from 'tinyglobby';

const MAGIC = /[*?[\]{}()!+@]/;

/** The folder of a pattern up to its first wildcard: it is there, or nothing matches. */
export function folderOf(pattern: string): string {
  const parts = path.dirname(path.resolve(pattern)).split(path.sep);
  const magic = parts.findIndex((part) => MAGIC.test(part));
  return (magic < 0 ? parts : parts.slice(0, magic)).join(path.sep) || path.sep;
}

/** All paths that patterns name now, absolute and sorted. A path that exists as it is written counts as that path. */
export async function pathsOf(patterns: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const whole = path.resolve(pattern);
    if (!MAGIC.test(whole) || (await exists(whole))) {
      found.add(whole);
      continue;
    }
    const cwd = folderOf(whole);
    if (!(await exists(cwd))) continue;
    const options = { cwd, absolute: true, expandDirectories: false, followSymbolicLinks: true };
    for (const each of await glob(path.relative(cwd, whole), options)) found.add(path.resolve(each));
  }
  return [...found].sort();
}

/** Whether a path, which need not exist, is one that the patterns name. */
export function isNamed(file: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const whole = path.resolve(pattern);
    return whole === file || picomatch.isMatch(file, whole);
  });
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false
  );

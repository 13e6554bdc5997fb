import { randomBytes } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../config/error.js';

/**
 * What a file holds; '' when there is none.
 * @throws UserError when it cannot be read
 */
export async function readPrevious(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return '';
    throw new UserError(`${file} cannot be read (${codeOf(cause)}), so it is not replaced: name another file.`, {
      cause,
    });
  }
}

/**
 * Writes a file whole: beside its place first, then renamed over it, so that nobody reads half of one. A link stays a
 * link, and a file that is there keeps its mode.
 * @throws UserError in one sentence
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const place = await realpath(file).catch(() => file);
  const temporary = path.join(path.dirname(place), `.${path.basename(place)}.${randomBytes(6).toString('hex')}.new`);
  try {
    const before = await stat(place).catch(() => undefined);
    if (before !== undefined && !before.isFile()) {
      throw new UserError(`${file} is no file: name one, or leave --out away for stdout.`);
    }
    const handle = await open(temporary, 'wx', 0o644);
    try {
      await handle.writeFile(text);
      if (before !== undefined) await handle.chmod(before.mode & 0o7777);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, place);
  } catch (cause) {
    await rm(temporary, { force: true });
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${file} cannot be written (${codeOf(cause)}): what it held before is still there.`, { cause });
  }
}

const codeOf = (cause: unknown): string => (cause as NodeJS.ErrnoException).code ?? String(cause);

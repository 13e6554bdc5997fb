import { readFileSync } from 'node:fs';
import { UserError } from './error.js';

/**
 * A password or token that stands alone in a file; one line end after it is no part of it.
 * @param path the setting that names the file, for the complaint
 * @throws UserError when the file cannot be read or holds nothing
 */
export function readSecret(path: string, file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new UserError(`${path}: ${file} ${reason}: name a file that holds the secret alone.`, { cause });
  }
  if (text === '') throw new UserError(`${path}: ${file} is empty: write the secret into it.`);
  return text;
}

import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { UserError } from '../config/error.js';
import { isObject } from './json.js';

const unpack = promisify(gunzip);

/** Larger feeds are refused, packed or not: bytes. */
const MOST = 256 * 1024 * 1024;

/**
 * The text of a feed that lies in a file, gzip or not; of a folder with a MISP feed's manifest.json, all its events.
 * @throws UserError in one sentence
 */
export async function readFeedFile(place: string): Promise<string[]> {
  try {
    if ((await stat(place)).isDirectory()) return await readFolder(place);
    return [await readOne(place)];
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    if (code === 'ENOENT')
      throw new UserError(`${place} does not exist: name a file or folder with a feed.`, { cause });
    if (code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE')
      throw new UserError(`${place} is packed and cut short, damaged, or too large (${code}): get it again.`, {
        cause,
      });
    throw new UserError(`${place} cannot be read (${code}).`, { cause });
  }
}

async function readOne(file: string): Promise<string> {
  if ((await stat(file)).size > MOST) throw new UserError(`${file} is larger than 256 MiB, which no feed is.`);
  const bytes = await readFile(file);
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = (packed ? await unpack(bytes, { maxOutputLength: MOST }) : bytes).toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

async function readFolder(folder: string): Promise<string[]> {
  const names = new Set(await readdir(folder));
  if (!names.has('manifest.json')) {
    throw new UserError(`${folder} is a folder without manifest.json, so it is no MISP feed: name a file.`);
  }
  let manifest: unknown;
  try {
    manifest = JSON.parse(await readOne(path.join(folder, 'manifest.json')));
  } catch (cause) {
    throw new UserError(`${path.join(folder, 'manifest.json')} is no whole JSON: get it again.`, { cause });
  }
  const files = Object.keys(isObject(manifest) ? manifest : {}).map((id) => `${id}.json`);
  const missing = files.find((file) => !names.has(file));
  if (missing !== undefined) throw new UserError(`${folder} lacks ${missing}, which its manifest names: get it again.`);
  return Promise.all(files.map((file) => readOne(path.join(folder, file))));
}

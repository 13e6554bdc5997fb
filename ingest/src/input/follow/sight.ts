import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { familyOf } from './family.js';

/** A regular file, as it was seen at one moment. */
export interface Sighting {
  /** Links resolved. */
  readonly path: string;
  /** `DEVICE:INODE`. */
  readonly inode: string;
  readonly size: number;
  /** ms since the epoch. */
  readonly modified: number;
}

/** What stands in the folders that files are followed in, looked at once in a scan. */
export class Sight {
  readonly #seen = new Map<string, Sighting>();
  readonly #folders = new Map<string, Map<string, string[]>>();
  readonly #onError: (file: string, error: unknown) => void;

  /** @param onError told of what is there and cannot be looked at, or is no regular file */
  constructor(onError: (file: string, error: unknown) => void) {
    this.#onError = onError;
  }

  /** undefined when there is no file, or none that can be followed. */
  async at(file: string): Promise<Sighting | undefined> {
    try {
      const real = await realpath(file);
      const known = this.#seen.get(real);
      if (known !== undefined) return known;
      const facts = await stat(real, { bigint: true });
      if (!facts.isFile()) {
        this.#onError(file, new Error(facts.isDirectory() ? 'it is a folder' : 'it is no regular file'));
        return undefined;
      }
      const { dev, ino, size, mtimeMs } = facts;
      const sighting = { path: real, inode: `${dev}:${ino}`, size: Number(size), modified: Number(mtimeMs) };
      this.#seen.set(real, sighting);
      return sighting;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#onError(file, error);
      return undefined;
    }
  }

  /** Files beside it that have names as rotation gives them. */
  async rotated(file: string): Promise<Sighting[]> {
    return this.#all((await this.#families(path.dirname(file))).get(file) ?? []);
  }

  /** Every file of the folder. */
  async beside(file: string): Promise<Sighting[]> {
    return this.#all([...(await this.#families(path.dirname(file))).values()].flat());
  }

  async #all(files: readonly string[]): Promise<Sighting[]> {
    const found: Sighting[] = [];
    for (const file of files) {
      const sighting = await stat(file).then(
        (facts) => (facts.isFile() ? this.at(file) : undefined),
        () => undefined
      );
      if (sighting !== undefined) found.push(sighting);
    }
    return found;
  }

  async #families(folder: string): Promise<Map<string, string[]>> {
    let families = this.#folders.get(folder);
    if (families !== undefined) return families;
    families = new Map<string, string[]>();
    this.#folders.set(folder, families);
    for (const name of await readdir(folder).catch(() => [])) {
      const file = path.join(folder, name);
      const family = familyOf(file);
      const list = families.get(family);
      if (list === undefined) families.set(family, [file]);
      else list.push(file);
    }
    return families;
  }
}

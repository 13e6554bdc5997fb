import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Copy, Doc, Memo } from './fetch/fetched.js';
import { isObject } from './json.js';

const pack = promisify(gzip);
const unpack = promisify(gunzip);
const MOST = 300 * 1024 * 1024;

/** The head of a copy; the documents stand behind it one after the other. */
interface Head {
  /** What it is a copy of. */
  readonly of: string;
  readonly memo: Memo;
  readonly documents: readonly { readonly name: string; readonly bytes: number }[];
}

/** The last good copy of each feed that comes over HTTP, as it came: one packed file a feed. */
export class Copies {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @returns undefined when there is none of that, or none that is whole: then all is asked for anew */
  async read(feed: string, of: string): Promise<Copy | undefined> {
    try {
      const bytes = await unpack(await readFile(this.#place(feed)), { maxOutputLength: MOST });
      const end = bytes.indexOf(0x0a);
      const head = JSON.parse(bytes.toString('utf8', 0, end)) as unknown;
      if (!isObject(head)) return undefined;
      // Written by us, and whole since gzip's checksum holds.
      const { of: found, memo, documents } = head as unknown as Head;
      if (found !== of) return undefined;
      let at = end + 1;
      const docs = documents.map(
        ({ name, bytes: length }): Doc => ({ name, text: bytes.toString('utf8', at, (at += length)) })
      );
      return { memo, documents: docs };
    } catch {
      return undefined;
    }
  }

  /** Whole or not at all. */
  async write(feed: string, of: string, { documents, memo }: Copy): Promise<void> {
    const texts = documents.map(({ text }) => Buffer.from(text));
    const head: Head = {
      of,
      memo,
      documents: documents.map(({ name }, i) => ({ name, bytes: texts[i]?.length ?? 0 })),
    };
    const packed = await pack(Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...texts]));
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const half = `${this.#place(feed)}.${process.pid}.part`;
    const file = await open(half, 'w', 0o600);
    try {
      await file.writeFile(packed);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(half, this.#place(feed));
  }

  async remove(feed: string): Promise<void> {
    await rm(this.#place(feed), { force: true });
  }

  /** Names of feeds that differ in case alone would be one file on some disks. */
  #place(feed: string): string {
    const mark = createHash('sha256').update(feed).digest('hex').slice(0, 8);
    return path.join(this.#folder, `${feed}.${mark}.copy.gz`);
  }
}

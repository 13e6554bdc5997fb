import path from 'node:path';
import type { Disk, DiskFile } from './disk.js';

interface Content {
  /** What a power cut leaves. */
  synced: Buffer;
  /** Written since, in order. */
  pending: { readonly bytes: Buffer; readonly at: number }[];
}

/**
 * A disk in memory that forgets, as a real one does in a power cut: of what was not flushed, some is there, some is
 * torn, some is not. Names that were made, changed or removed without a flush of their folder may be as before.
 */
export class MemoryDisk implements Disk {
  /** As programs see it. */
  #names: Map<string, Content>;
  /** As a power cut leaves it, and what was done since, in order. */
  #synced: Map<string, Content>;
  #steps: ((names: Map<string, Content>) => void)[] = [];
  /** Bytes that all files may take; writes beyond fail as on a full disk. */
  room = Number.POSITIVE_INFINITY;
  /** Asked before each operation; what it returns fails it. */
  fails: (operation: keyof Disk | keyof DiskFile, name: string) => string | undefined = () => undefined;

  constructor(names: ReadonlyMap<string, Content> = new Map()) {
    this.#names = new Map(names);
    this.#synced = new Map(names);
  }

  /**
   * The disk after a power cut.
   * @param share says for each thing that was not flushed how much of it is there, 0 to 1
   */
  crash(share: () => number): MemoryDisk {
    const names = new Map(this.#synced);
    const kept = Math.round(share() * this.#steps.length);
    for (const step of this.#steps.slice(0, kept)) step(names);
    const contents = new Map<Content, Content>();
    for (const content of names.values()) contents.set(content, tear(content, share));
    return new MemoryDisk(new Map([...names].map(([name, content]) => [name, contents.get(content) as Content])));
  }

  /** As it is: what a process leaves that is killed. */
  copy(): MemoryDisk {
    return new MemoryDisk(
      new Map([...this.#names].map(([name, content]) => [name, { synced: whole(content), pending: [] }]))
    );
  }

  get names(): string[] {
    return [...this.#names.keys()].sort();
  }

  /** The content of a file, to be looked at and changed. */
  edit(name: string, change: (bytes: Buffer) => Buffer): void {
    const content = this.#find(name);
    content.synced = change(Buffer.from(whole(content)));
    content.pending = [];
  }

  take(): () => void {
    return () => {};
  }

  async open(place: string, how: 'new' | 'again'): Promise<DiskFile> {
    this.#check('open', place);
    const name = path.basename(place);
    if (how === 'new') {
      if (this.#names.has(name)) throw errorOf('EEXIST');
      const made: Content = { synced: Buffer.alloc(0), pending: [] };
      this.#step((names) => void names.set(name, made));
    }
    const content = this.#find(name);
    return {
      write: async (bytes, at) => {
        this.#check('write', name);
        const fits = Math.max(0, Math.min(bytes.length, this.room - this.#used(content, at)));
        content.pending.push({ bytes: Buffer.from(bytes.subarray(0, fits)), at });
        if (fits < bytes.length) throw errorOf('ENOSPC');
      },
      truncate: async (length) => {
        this.#check('truncate', name);
        content.synced = whole(content).subarray(0, length);
        content.pending = [];
      },
      sync: async () => {
        this.#check('sync', name);
        content.synced = whole(content);
        content.pending = [];
      },
      close: async () => {},
    };
  }

  async read(place: string): Promise<Buffer> {
    this.#check('read', place);
    return Buffer.from(whole(this.#find(path.basename(place))));
  }

  async list(): Promise<string[]> {
    return [...this.#names.keys()];
  }

  async rename(from: string, to: string): Promise<void> {
    this.#check('rename', from);
    this.#find(path.basename(from));
    this.#step((names) => {
      const content = names.get(path.basename(from));
      if (content === undefined) return;
      names.delete(path.basename(from));
      names.set(path.basename(to), content);
    });
  }

  async unlink(place: string): Promise<void> {
    this.#check('unlink', place);
    this.#find(path.basename(place));
    this.#step((names) => void names.delete(path.basename(place)));
  }

  async syncFolder(folder: string): Promise<void> {
    this.#check('syncFolder', folder);
    this.#synced = new Map(this.#names);
    this.#steps = [];
  }

  #step(step: (names: Map<string, Content>) => void): void {
    step(this.#names);
    this.#steps.push(step);
  }

  #find(name: string): Content {
    const content = this.#names.get(name);
    if (content === undefined) throw errorOf('ENOENT');
    return content;
  }

  #used(of: Content, at: number): number {
    let sum = at;
    for (const content of this.#names.values()) if (content !== of) sum += whole(content).length;
    return sum;
  }

  #check(operation: keyof Disk | keyof DiskFile, place: string): void {
    const code = this.fails(operation, path.basename(place));
    if (code !== undefined) throw errorOf(code);
  }
}

function whole({ synced, pending }: Content): Buffer {
  return pending.reduce((bytes, { bytes: written, at }) => put(bytes, written, at), synced);
}

/** Keeps the first writes, and of the one after them a part. */
function tear({ synced, pending }: Content, share: () => number): Content {
  const kept = Math.round(share() * pending.length);
  const next = pending[kept];
  const writes = pending.slice(0, kept);
  if (next !== undefined)
    writes.push({ ...next, bytes: next.bytes.subarray(0, Math.floor(share() * next.bytes.length)) });
  return { synced: whole({ synced, pending: writes }), pending: [] };
}

function put(bytes: Buffer, written: Buffer, at: number): Buffer {
  const out = Buffer.alloc(Math.max(bytes.length, at + written.length));
  out.set(bytes, 0);
  out.set(written, at);
  return out;
}

function errorOf(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: as the test wants it`), { code });
}

import { mkdirSync } from 'node:fs';
import { constants, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { lockFolder } from './lock.js';

/** A file that is open for writing. */
export interface DiskFile {
  /** Writes all bytes at a position. They survive a power cut once `sync` has resolved. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  truncate(length: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What the spool does to the disk; tests put one in its place that fails, or forgets what was not flushed. */
export interface Disk {
  /**
   * Makes a folder if it is not there, and takes it for this process.
   * @returns gives it back; or the process id of its holder
   */
  take(folder: string): (() => void) | number;
  /** @param how 'new': there must be none; 'again': there must be one */
  open(path: string, how: 'new' | 'again'): Promise<DiskFile>;
  read(path: string): Promise<Buffer>;
  /** Names in a folder. */
  list(folder: string): Promise<string[]>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Names that were made, changed or taken away in a folder survive a power cut. */
  syncFolder(folder: string): Promise<void>;
}

/** The disk itself, by libuv's threads: the thread that reads sockets waits for nothing. */
export const DISK: Disk = {
  take: (folder) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return lockFolder(folder);
  },
  open: async (path, how) => {
    // O_DSYNC: a write is its own flush. A flush apart costs one more turn of an event loop that may be busy.
    const { O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_DSYNC = 0 } = constants;
    const handle = await open(path, how === 'new' ? O_WRONLY | O_CREAT | O_EXCL | O_DSYNC : O_RDWR, 0o600);
    return {
      write: async (bytes, position) => {
        for (let done = 0; done < bytes.length; ) {
          const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
          done += bytesWritten;
        }
      },
      truncate: (length) => handle.truncate(length),
      sync: () => (how === 'new' && O_DSYNC !== 0 ? Promise.resolve() : handle.datasync()),
      close: () => handle.close(),
    };
  },
  read: (path) => readFile(path),
  list: (folder) => readdir(folder),
  rename,
  unlink,
  syncFolder: async (folder) => {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

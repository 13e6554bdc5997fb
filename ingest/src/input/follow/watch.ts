import { statSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import path from 'node:path';

interface Watched {
  readonly watcher: FSWatcher;
  /** Of the folder: another one may come to bear its name. */
  readonly inode: number;
}

export interface WatchHandlers {
  /** A file of a watched folder was written to; `moved`: it came, went or was renamed. */
  happened(file: string, moved: boolean): void;
  /** The system watches no more folders. */
  failed(folder: string, error: Error): void;
}

/** Tells of changes in folders as the system does; where it does not, as on network filesystems, nothing comes. */
export class FolderWatch {
  readonly #watched = new Map<string, Watched>();
  readonly #handlers: WatchHandlers;

  constructor(handlers: WatchHandlers) {
    this.#handlers = handlers;
  }

  /** Watches these folders and no others; one that does not exist (yet) is passed over. */
  update(folders: ReadonlySet<string>): void {
    for (const folder of this.#watched.keys()) {
      if (!folders.has(folder) || inodeOf(folder) !== this.#watched.get(folder)?.inode) this.#drop(folder);
    }
    for (const folder of folders) {
      const inode = inodeOf(folder);
      if (inode !== undefined && !this.#watched.has(folder)) this.#add(folder, inode);
    }
  }

  close(): void {
    for (const folder of this.#watched.keys()) this.#drop(folder);
  }

  #add(folder: string, inode: number): void {
    try {
      const watcher = watch(folder, { persistent: false }, (event, name) => {
        if (name !== null) this.#handlers.happened(path.join(folder, name), event === 'rename');
      });
      watcher.on('error', () => this.#drop(folder));
      this.#watched.set(folder, { watcher, inode });
    } catch (error) {
      this.#handlers.failed(folder, error instanceof Error ? error : new Error(String(error)));
    }
  }

  #drop(folder: string): void {
    this.#watched.get(folder)?.watcher.close();
    this.#watched.delete(folder);
  }
}

function inodeOf(folder: string): number | undefined {
  try {
    return statSync(folder).ino;
  } catch {
    return undefined;
  }
}

import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Who holds the engine's lock on a folder. The engine would print its own words on stderr when it cannot lock,
 * so it is asked beforehand, where the system tells (Linux: /proc/locks).
 *
 * @returns the process id, 0 when the holder is not visible from here (another container), undefined when free
 *   or unknown
 */
export function holderOf(folder: string): number | undefined {
  let inode: number;
  let locks: string;
  try {
    inode = statSync(path.join(folder, 'status')).ino;
    locks = readFileSync('/proc/locks', 'utf8');
  } catch {
    return undefined;
  }
  return findHolder(locks, inode);
}

/** Reads `1: FLOCK  ADVISORY  WRITE 812 fe:00:1234 0 EOF`; the last number of the sixth field is the inode. */
export function findHolder(locks: string, inode: number): number | undefined {
  for (const line of locks.split('\n')) {
    const [, kind, , , pid, file] = line.trim().split(/\s+/);
    if (kind === 'FLOCK' && file?.split(':')[2] === String(inode)) return Math.max(0, Number(pid));
  }
  return undefined;
}

import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Who holds a folder: a process id alone could be another's by now, and in a container it is always the same. */
interface Holder {
  readonly pid: number;
  /** When that process began, in the kernel's count; '' where the system does not tell. */
  readonly began: string;
}

/**
 * Takes a folder for this process: `FOLDER/lock` names the one that holds it, and is void when that one has ended.
 * @returns gives the folder back; or the process id of its holder
 * @throws Error of the file system
 */
export function lockFolder(folder: string): (() => void) | number {
  const place = path.join(folder, 'lock');
  const draft = `${place}.${process.pid}`;
  const own = JSON.stringify({ pid: process.pid, began: beganOf(process.pid) ?? '' } satisfies Holder);
  rmSync(draft, { force: true });
  writeFileSync(draft, own, { mode: 0o600 });
  try {
    for (;;) {
      try {
        linkSync(draft, place); // made whole, or refused when there is one
        return () => release(place, own);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = removeVoid(place);
      if (holder !== undefined) return holder;
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a lock whose holder has ended. @returns the process id of one that lives */
function removeVoid(place: string): number | undefined {
  const text = read(place);
  if (text === undefined) return undefined;
  const holder = holderOf(text);
  if (holder !== undefined && lives(holder)) return holder.pid;
  // Of several that find it void one moves it away; what the others move is looked at before it goes.
  const aside = `${place}.${process.pid}.void`;
  try {
    renameSync(place, aside);
  } catch {
    return undefined;
  }
  const moved = read(aside);
  const other = moved === undefined || moved === text ? undefined : holderOf(moved);
  if (other !== undefined && lives(other)) {
    linkSync(aside, place);
    unlinkSync(aside);
    return other.pid;
  }
  rmSync(aside, { force: true });
  return undefined;
}

function release(place: string, own: string): void {
  if (read(place) === own) rmSync(place, { force: true });
}

function read(place: string): string | undefined {
  try {
    return readFileSync(place, 'utf8');
  } catch {
    return undefined;
  }
}

function holderOf(text: string): Holder | undefined {
  try {
    const { pid, began } = JSON.parse(text) as Partial<Holder>;
    return Number.isInteger(pid) && typeof began === 'string' ? { pid: pid as number, began } : undefined;
  } catch {
    return undefined;
  }
}

function lives({ pid, began }: Holder): boolean {
  if (pid === process.pid) return began === (beganOf(pid) ?? '') && began !== '';
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return began === '' || beganOf(pid) === undefined || beganOf(pid) === began;
}

/** Linux: boot and start time; the 22nd field of /proc/PID/stat, behind the name in brackets. */
function beganOf(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const boot = read('/proc/sys/kernel/random/boot_id');
  if (stat === undefined || boot === undefined) return undefined;
  return `${boot.trim()} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
}

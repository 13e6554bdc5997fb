import path from 'node:path';
import type { Disk } from './disk.js';
import { SpoolError } from './error.js';
import { seedOf } from './chunk.js';
import type { Clock } from './clock.js';
import { addGroup, newFile, readFile } from './file.js';
import type { SpoolFile } from './file.js';
import { encodeGroup } from './group.js';
import type { Group } from './group.js';
import { columnsOf } from './head.js';
import { formatName, parseName } from './names.js';
import type { FileName } from './names.js';

export interface Recovery {
  readonly folder: string;
  readonly disk: Disk;
  readonly clock: Clock;
  /** Told in one sentence of what is damaged. */
  readonly warn: (sentence: string) => void;
}

/**
 * Reads back what the process before has left, oldest first. A tail that was not written whole is cut off: nobody was
 * told that it was safe. What is whole around damage is kept, and the file stays for a look once it is stored.
 * @returns files with something in them; their marks included, but of refused ones, which were handed on before
 * @throws SpoolError when only an older version can store what is there
 */
export async function recover(recovery: Recovery): Promise<{ files: SpoolFile[]; next: number }> {
  const { folder, disk } = recovery;
  const names = (await disk.list(folder)).flatMap((name) => parseName(name) ?? []).sort((a, b) => a.seq - b.seq);
  const next = (names.at(-1)?.seq ?? 0) + 1;
  const batches = names.filter(({ kind }) => kind !== 'damaged');
  const newest = batches.filter(({ kind }) => kind === 'batch').at(-1);
  const files: SpoolFile[] = [];
  const older = new Map<string, number>();
  for (const name of batches) {
    const file = await recoverFile(recovery, name, name === newest, older);
    if (file !== undefined) files.push(file);
  }
  const [[version, count] = []] = older;
  if (version !== undefined) {
    throw new SpoolError(
      `${folder} holds ${count} batches that fireplot ${version} wrote for columns that are others now: start that version once until they are stored, or move them out of the way.`
    );
  }
  return { files, next };
}

async function recoverFile(
  { folder, disk, clock, warn }: Recovery,
  name: FileName,
  newest: boolean,
  older: Map<string, number>
): Promise<SpoolFile | undefined> {
  const place = path.join(folder, formatName(name));
  const bytes = await disk.read(place);
  const { head, groups, scan, closed } = readFile(bytes, name.token);
  const columns = head === undefined ? undefined : columnsOf(head);
  if (head !== undefined && columns === undefined) {
    older.set(head.program, (older.get(head.program) ?? 0) + 1);
    return undefined;
  }
  const tail = bytes.length - scan.end;
  // Only the file that was being written may end in the middle of a write.
  const cut = newest && (tail === 0 || scan.torn) && scan.lost === 0 && (head !== undefined || bytes.length === tail);
  if (cut && groups.length === 0) {
    await disk.unlink(place); // killed before its first lines were on disk
    return undefined;
  }
  const now = clock.wall();
  const created = head?.created ?? now;
  const since = clock.steady() - Math.max(0, now - created);
  const file = newFile(name.seq, name.token, created, since, name.kind);
  file.damaged = !cut && (head === undefined || scan.lost > 0 || tail > 0 || !closed);
  file.bytes = cut ? scan.end : bytes.length;
  for (const group of groups) addGroup(file, group);
  // The store had refused it, and its marks were handed on: others have come since.
  if (name.kind === 'refused') file.marks.clear();
  file.columns = columns;
  if (file.damaged) {
    const kept = 'are stored, and the file is kept for a look as .damaged';
    warn(`${place} is damaged: the ${file.rows} events that could be read of it ${kept}.`);
  } else if (tail > 0) {
    warn(
      `${place} ended in the middle of a write: its last ${tail} bytes, which nobody was told were safe, are cut off.`
    );
  }
  const end = cut && !closed ? encodeGroup(NOTHING_MORE, seedOf(name.token), Buffer.alloc(0)) : undefined;
  file.bytes += await settle(disk, place, cut ? scan.end : undefined, end);
  return file;
}

/** Cuts a torn tail off, closes the batch, and has on disk what was in the kernel's memory only. @returns bytes added */
async function settle(disk: Disk, place: string, length: number | undefined, end: Buffer | undefined): Promise<number> {
  const handle = await disk.open(place, 'again');
  try {
    if (length !== undefined) await handle.truncate(length);
    let added = 0;
    if (length !== undefined && end !== undefined) {
      try {
        await handle.write(end, length);
        added = end.length;
      } catch {
        await handle.truncate(length); // a full disk; the batch is stored all the same
      }
    }
    await handle.sync();
    return added;
  } finally {
    await handle.close();
  }
}

const NOTHING_MORE: Group = { rows: 0, minTime: 0, maxTime: 0, bytes: new Uint8Array(0), extras: {}, closes: true };

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What STORE/serve.json holds: how other commands of the same user find a running `serve` and may write. */
export interface Serving {
  readonly pid: number;
  readonly url: string;
  /** Password of WRITER on the face. Never logged, never in a URL or an error. */
  readonly token: string;
}

/** User name under which the token is sent. */
export const WRITER = 'fireplot-writer';

const file = (folder: string): string => path.join(folder, 'serve.json');

/** Put in place whole, and readable by its owner alone. */
export function writeServing(folder: string, serving: Serving): void {
  const draft = `${file(folder)}.${serving.pid}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify(serving)}\n`, { mode: 0o600 });
  renameSync(draft, file(folder));
}

/** Removes the file, unless another process has put its own there. */
export function removeServing(folder: string, pid: number): void {
  if (readServing(folder)?.pid === pid) rmSync(file(folder), { force: true });
}

/** Undefined when there is none, or none that makes sense: whoever is left without it takes the folder's lock. */
export function readServing(folder: string): Serving | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file(folder), 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { pid, url, token } = value as Record<string, unknown>;
  if (typeof pid !== 'number' || typeof url !== 'string' || typeof token !== 'string') return undefined;
  return /^http:\/\/127\.0\.0\.1:\d+$/.test(url) && token.length > 0 ? { pid, url, token } : undefined;
}

/** The `serve` that holds the folder now: its process lives and its face knows the token. */
export async function findServing(folder: string): Promise<Serving | undefined> {
  const serving = readServing(folder);
  if (!serving || !isAlive(serving.pid)) return undefined;
  try {
    const headers = { 'X-ClickHouse-User': WRITER, 'X-ClickHouse-Key': serving.token };
    const answer = await fetch(`${serving.url}/?query=SELECT+1`, { headers, signal: AbortSignal.timeout(5_000) });
    return answer.ok && (await answer.text()) === '1\n' ? serving : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

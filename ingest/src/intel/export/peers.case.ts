import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** Debian packages that were only unpacked lie below FIREPLOT_RIVALS, as for the bench; else it is the system's. */
const ROOTS = [process.env.FIREPLOT_RIVALS, '/'].filter((root): root is string => Boolean(root));
const LIBRARIES = ['usr/lib/x86_64-linux-gnu', 'lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu', 'usr/lib64'];
const PLACES = ['usr/sbin', 'usr/bin', 'sbin', 'bin'];

/** A program of another project. */
export interface Peer {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

/** @returns undefined where it is missing: tests that need it skip, saying so */
export function peer(name: string): Peer | undefined {
  for (const root of ROOTS) {
    const file = PLACES.map((place) => path.join(root, place, name)).find(existsSync);
    if (file === undefined) continue;
    const libraries = LIBRARIES.map((each) => path.join(root, each)).join(':');
    return { file, env: { PATH: process.env.PATH ?? '', ...(root === '/' ? {} : { LD_LIBRARY_PATH: libraries }) } };
  }
  return undefined;
}

export interface Answer {
  readonly code: number;
  readonly output: string;
}

/** Runs it to its end. @param before a program that starts it, with its options */
export async function ask(
  { file, env }: Peer,
  args: readonly string[],
  before: readonly string[] = []
): Promise<Answer> {
  const [program = file, ...rest] = [...before, file, ...args];
  try {
    const { stdout, stderr } = await promisify(execFile)(program, rest, { env, timeout: 60_000 });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    return { code: typeof code === 'number' ? code : -1, output: `${stdout}${stderr}${String(error)}` };
  }
}

/** Starts it; what it writes to stderr goes to `said`. */
export function start({ file, env }: Peer, args: readonly string[], said: (text: string) => void): ChildProcess {
  const child = spawn(file, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr?.on('data', (chunk: Buffer) => said(chunk.toString()));
  return child;
}

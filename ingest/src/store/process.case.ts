import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  /** Waits for a line of its standard output that `wanted` accepts. Rejects when it ends before. */
  readonly line: (wanted?: (line: string) => boolean) => Promise<string>;
  /** Closes its standard input, which asks it to end, and waits. */
  readonly end: () => Promise<void>;
  readonly kill: () => Promise<void>;
}

/** Starts child.case.ts in a process of its own. */
export function startChild(...args: string[]): Child {
  const child = spawn(process.execPath, ['--import', path('ts-hook.case.mjs'), path('child.case.ts'), ...args], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = once(child, 'exit');
  const line = async (wanted: (line: string) => boolean = () => true): Promise<string> => {
    for (;;) {
      const next = await lines.next();
      if (next.done) throw new Error(`the child ended: ${errors}`);
      if (wanted(next.value)) return next.value;
    }
  };
  return {
    process: child,
    line,
    end: async () => {
      child.stdin.end();
      await exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const HOOKS = new URL('../../source-hooks/register.mjs', import.meta.url).href;
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** The command as a process of its own, run from the sources. */
export class Fireplot {
  stdout = '';
  stderr = '';
  readonly child: ChildProcess;
  readonly #ended: Promise<number | null>;

  /** @param under a program that starts it, and the arguments before those of the command itself */
  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}, under: readonly string[] = []) {
    const [program = '', ...rest] = [...under, process.execPath, '--import', HOOKS, MAIN, ...args];
    this.child = spawn(program, rest, {
      env: { PATH: process.env.PATH ?? '', TZ: 'UTC', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => void (this.stdout += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => void (this.stderr += chunk.toString()));
    this.#ended = once(this.child, 'close').then(([code]) => code as number | null);
  }

  /** Resolves with the exit code. */
  ended(): Promise<number | null> {
    return this.#ended;
  }

  /** What `serve` says when it is ready. */
  async ready(): Promise<{ syslog: string; http: string; store: string; health: string }> {
    await Promise.race([this.until(() => this.stdout.includes('\n')), this.#ended]);
    if (!this.stdout.includes('\n')) throw new Error(`fireplot serve ended before it was ready:\n${this.stderr}`);
    return JSON.parse(this.stdout.split('\n')[0] ?? '') as {
      syslog: string;
      http: string;
      store: string;
      health: string;
    };
  }

  /** @throws Error when the process ends before the condition holds: what it said is then the best clue */
  async until(condition: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await condition())) {
      if (this.child.exitCode !== null || this.child.signalCode !== null)
        throw new Error(`fireplot ended with ${this.child.exitCode ?? this.child.signalCode}:\n${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  kill(signal: NodeJS.Signals = 'SIGTERM'): void {
    this.child.kill(signal);
  }
}

/** `serve` on free loopback ports. */
export const serveArgs = (store: string, ...more: string[]): string[] => [
  ...['serve', '--store', store, '--syslog', '127.0.0.1:0', '--http', '0', '--health', '127.0.0.1:0', ...more],
];

/** Asks ClickHouse's HTTP interface; rows as objects. */
export async function ask<Row>(url: string, sql: string): Promise<Row[]> {
  const answer = await fetch(`${url}/?default_format=JSONEachRow`, { method: 'POST', body: sql });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
}

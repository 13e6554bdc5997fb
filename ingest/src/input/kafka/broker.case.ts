import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('./testbroker', import.meta.url));

/** Builds the test's broker. @returns its path, or why there is none: no Go, or no way to its modules */
export function buildBroker(folder: string): { readonly path: string } | { readonly missing: string } {
  const target = path.join(folder, 'testbroker');
  try {
    execFileSync('go', ['build', '-o', target, '.'], { cwd: SOURCE, stdio: 'pipe', timeout: 300_000 });
    return { path: target };
  } catch (error) {
    const { stderr, message } = error as { stderr?: Buffer; message: string };
    return { missing: `the test broker cannot be built: ${(stderr?.toString() ?? message).split('\n')[0]}` };
  }
}

/** A broker as a process of its own, which can be killed and started again where it was. */
export class Broker {
  readonly endpoint: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, endpoint: string) {
    this.#process = process;
    this.endpoint = endpoint;
  }

  static async start(program: string, ...args: string[]): Promise<Broker> {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => void (complaint += chunk.toString()));
    const [chunk] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => [])])) as [Buffer?];
    if (chunk === undefined) throw new Error(`The test broker has ended: ${complaint}`);
    return new Broker(child, chunk.toString().trim());
  }

  get port(): string {
    return this.endpoint.split(':').at(-1) ?? '';
  }

  async kill(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }
}

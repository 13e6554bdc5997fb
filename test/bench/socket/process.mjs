// Programs under test as child processes: started, watched, ended.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';

/** Debian packages that were only unpacked lie below this folder; installed ones are found on the PATH. */
const UNPACKED = process.env.FIREPLOT_RIVALS ?? '';

/** @returns {{ file: string, env: object, root: string } | undefined} where a Debian program is */
export function findDebian(name) {
  for (const root of [UNPACKED, '/'].filter(Boolean)) {
    const file = path.join(root, 'usr/sbin', name);
    if (!existsSync(file)) continue;
    const libraries = ['usr/lib/x86_64-linux-gnu', 'lib/x86_64-linux-gnu', 'usr/lib/syslog-ng'];
    const env = root === '/' ? {} : { LD_LIBRARY_PATH: libraries.map((each) => path.join(root, each)).join(':') };
    return { file, env, root };
  }
  return undefined;
}

/** A child whose peak memory is looked at while it runs. */
export class Watched {
  stdout = '';
  stderr = '';
  /** Resident at most, and of that what is its own: mapped files (the engine's library) are the system's to drop. */
  peakMegabytes = 0;
  peakOwnMegabytes = 0;
  #timer;

  constructor(command, args, env = {}) {
    this.child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout.on('data', (chunk) => (this.stdout += chunk));
    this.child.stderr.on('data', (chunk) => (this.stderr += chunk));
    this.#timer = setInterval(() => this.#look(), 100);
    this.ended = new Promise((resolve) => this.child.once('close', resolve)).finally(() => clearInterval(this.#timer));
  }

  /** User and system seconds used so far, by the kernel's count. */
  cpuSeconds() {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'latin1').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  /** @throws Error with what it said, when it has ended or was killed */
  mustRun() {
    const { exitCode, signalCode } = this.child;
    if (exitCode !== null || signalCode !== null)
      throw new Error(`it ended (${exitCode ?? signalCode}):\n${this.stderr}`);
  }

  async stop() {
    this.child.kill('SIGTERM');
    const hard = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
    await this.ended;
    clearTimeout(hard);
  }

  #look() {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, 'latin1');
      const megabytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
      this.peakMegabytes = Math.max(this.peakMegabytes, megabytes('VmRSS'));
      this.peakOwnMegabytes = Math.max(this.peakOwnMegabytes, megabytes('RssAnon'));
    } catch {
      // it has ended
    }
  }
}

/** Resolves when something listens on the port. */
export async function listening(port, watched) {
  for (let tries = 0; tries < 300; tries++) {
    watched.mustRun();
    const open = await new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1');
      socket.once('connect', () => (socket.destroy(), resolve(true))).once('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing listens on port ${port}:\n${watched.stderr}`);
}

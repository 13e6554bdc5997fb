import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const LIBRARIES = [
  'usr/lib/x86_64-linux-gnu',
  'lib/x86_64-linux-gnu',
  'usr/lib/aarch64-linux-gnu',
  'usr/lib64',
  'usr/lib',
];

/** Debian packages that were only unpacked lie below FIREPLOT_RIVALS, as for the bench; else it is the system's. */
const ROOTS = [process.env.FIREPLOT_RIVALS, '/'].filter((root): root is string => Boolean(root));

const modulesIn = (root: string): string | undefined =>
  LIBRARIES.map((folder) => path.join(root, folder, 'rsyslog')).find((folder) =>
    existsSync(path.join(folder, 'omrelp.so'))
  );

/** The root that holds rsyslogd with omrelp; undefined: tests that need it skip, saying so. */
export const RSYSLOG = ROOTS.find((root) => {
  try {
    accessSync(path.join(root, 'usr/sbin/rsyslogd'));
    return modulesIn(root) !== undefined;
  } catch {
    return false;
  }
});

/** Whether rsyslog can speak TLS by this driver (lmnsd_NAME). */
export const rsyslogHas = (module: string): boolean =>
  RSYSLOG !== undefined && existsSync(path.join(modulesIn(RSYSLOG) ?? '', `${module}.so`));

/** A running rsyslogd with a configuration of the test's. */
export class Rsyslog {
  stderr = '';
  readonly #child: ChildProcess;

  /** @param folder of the test, in which it also keeps its state */
  constructor(folder: string, config: string) {
    const root = RSYSLOG ?? '/';
    const file = path.join(folder, 'rsyslog.conf');
    writeFileSync(file, `global(workDirectory="${folder}")\n${config}`);
    const libraries = LIBRARIES.map((each) => path.join(root, each)).join(':');
    const args = ['-n', '-f', file, '-i', path.join(folder, 'rsyslog.pid'), '-M', modulesIn(root) ?? ''];
    this.#child = spawn(path.join(root, 'usr/sbin/rsyslogd'), args, {
      env: { PATH: process.env.PATH ?? '', ...(root === '/' ? {} : { LD_LIBRARY_PATH: libraries }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => void (this.stderr += chunk.toString()));
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
    await exited;
    clearTimeout(timer);
  }
}

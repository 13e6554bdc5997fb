import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ask, start } from './peers.case.js';
import type { Answer, Peer } from './peers.case.js';

const TRIES = 5;
const START_MS = 20_000;

/** A running named that answers host.example.test and has a response policy zone. */
export class Named {
  /** All that it logged. */
  log = '';
  readonly #child: ChildProcess;
  readonly #port: number;

  private constructor(named: Peer, folder: string, port: number) {
    this.#port = port;
    const file = path.join(folder, 'named.conf');
    writeFileSync(file, configOf(folder, port));
    this.#child = start(named, ['-g', '-c', file], (text) => void (this.log += text));
  }

  /** named takes no port 0: ports below those that the system gives out are tried until one is free. */
  static async start(named: Peer, folder: string): Promise<Named> {
    writeFileSync(path.join(folder, 'example.db'), ZONE);
    let log = '';
    for (let i = 0; i < TRIES; i++) {
      const tried = new Named(named, folder, 20_000 + Math.floor(Math.random() * 10_000));
      if (await tried.logged('running')) return tried;
      log = tried.log;
      await tried.stop();
    }
    throw new Error(`named does not start:\n${log}`);
  }

  /** Waits for a text in its log. @returns false when named ended, or the port was taken */
  async logged(text: string, from = 0): Promise<boolean> {
    for (const end = Date.now() + START_MS; Date.now() < end; await new Promise((next) => setTimeout(next, 20))) {
      if (this.#child.exitCode !== null || this.log.includes('address in use')) return false;
      if (this.log.indexOf(text, from) >= 0) return true;
    }
    return false;
  }

  /** Reads its zones again. */
  async reload(): Promise<void> {
    const from = this.log.length;
    this.#child.kill('SIGHUP');
    if (!(await this.logged('rpz: rpz.test: reload done', from))) throw new Error(`no policy zone:\n${this.log}`);
  }

  /** What a client of an address gets for host.example.test. @param seconds that it waits */
  asked(dig: Peer, client: string, seconds = 20): Promise<Answer> {
    const server = client.includes(':') ? '::1' : '127.0.0.1';
    const options = ['+tries=1', `+time=${seconds}`, '+noall', '+comments', '+answer'];
    return ask(dig, [`@${server}`, '-p', String(this.#port), '-b', client, ...options, 'host.example.test', 'A']);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}

const ZONE = `$TTL 60
@ IN SOA localhost. root.localhost. ( 1 60 60 60 60 )
@ IN NS localhost.
host IN A 192.0.2.80
`;

const configOf = (folder: string, port: number): string => `
options {
  directory "${folder}"; pid-file none; session-keyfile none; lock-file none; managed-keys-directory "${folder}";
  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 port ${port} { ::1; };
  recursion yes; allow-query { any; }; allow-recursion { any; }; dnssec-validation no; empty-zones-enable no;
  max-cache-size 8m;
  response-policy { zone "rpz.test" min-update-interval 0; } qname-wait-recurse no;
};
controls { };
zone "." { type hint; file "/dev/null"; };
zone "example.test" { type primary; file "example.db"; };
zone "rpz.test" { type primary; file "rpz.db"; allow-query { none; }; };
`;

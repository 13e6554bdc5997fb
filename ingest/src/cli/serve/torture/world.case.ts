import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readServing } from '../../../store/serving.js';
import { ask, Fireplot, serveArgs } from '../../process.case.js';
import { StoreGate } from './gate.case.js';

/** What a part of the torture found. */
export interface Found {
  /** What is wrong, in words. */
  readonly wrong: readonly string[];
}

/** A service with an embedded store, and one before it that reaches that store through a gate. */
export class GatedService {
  readonly back: Fireplot;
  readonly http: string;
  readonly gate: StoreGate;
  readonly front: Fireplot;

  private constructor(back: Fireplot, http: string, gate: StoreGate, front: Fireplot) {
    this.back = back;
    this.http = http;
    this.gate = gate;
    this.front = front;
  }

  /** @param under a program that starts the service in front, with its arguments */
  static async start(folder: string, more: readonly string[], under: readonly string[] = []): Promise<GatedService> {
    const store = path.join(folder, 'store');
    const back = new Fireplot(serveArgs(store));
    const { http } = await back.ready();
    const gate = await StoreGate.before(http);
    const env = {
      CLICKHOUSE_URL: `http://fireplot-writer@127.0.0.1:${gate.port}`,
      CLICKHOUSE_PASSWORD: readServing(store)?.token ?? '',
    };
    const free = '127.0.0.1:0';
    const args = ['serve', '--syslog', free, '--health', free, '--spool', path.join(folder, 'spool'), ...more];
    const front = new Fireplot(args, env, under);
    return new GatedService(back, http, gate, front);
  }

  /** Where syslog is taken; told before there is a store. */
  async syslog(): Promise<number> {
    await this.front.until(() => /Listening for syslog on /.test(this.front.stderr));
    return Number(/Listening for syslog on \S+:(\d+),/.exec(this.front.stderr)?.[1]);
  }

  async health(): Promise<string> {
    await this.front.until(() => /Health and metrics are at /.test(this.front.stderr));
    return /Health and metrics are at (http:\S+\d)\./.exec(this.front.stderr)?.[1] ?? '';
  }

  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${await this.health()}/metrics`)).text();
    const line = text.split('\n').find((each) => each.startsWith(`${name} `));
    return Number(line?.slice(name.length + 1) ?? Number.NaN);
  }

  /** Most memory that the service in front has had, bytes. */
  memory(): number {
    const status = readFileSync(`/proc/${this.front.child.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
  }

  async counts(): Promise<{ lines: number; different: number }> {
    const sql =
      'SELECT toUInt32(count()) AS lines, toUInt32(uniqExact(src_ip, tcp_seq)) AS different FROM fireplot.events';
    const [row] = await ask<{ lines: number; different: number }>(this.http, sql);
    return row ?? { lines: 0, different: 0 };
  }

  async end(): Promise<void> {
    for (const each of [this.front, this.back]) {
      each.kill('SIGKILL');
      await each.ended();
    }
    this.gate.close();
  }
}

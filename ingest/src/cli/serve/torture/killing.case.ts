import path from 'node:path';
import { ask, Fireplot } from '../../process.case.js';
import type { Place } from '../../../read/thread/messages.js';
import { FileSender } from './file.case.js';
import { HttpSender } from './http.case.js';
import { randomOf } from './lines.case.js';
import { RelpSender } from './relp.case.js';
import { pause } from './sender.case.js';
import type { TortureSender } from './sender.case.js';
import { TcpSender } from './tcp.case.js';

export interface KillingOptions {
  /** Of the test: store, spool and log lie in it. */
  readonly folder: string;
  readonly kills: number;
  /** A life lasts at most so long behind the moment from which it takes lines, ms. */
  readonly lifeMs: number;
  /** Lines a second of each sender. */
  readonly perSecond: number;
  readonly seed: number;
  readonly say?: (sentence: string) => void;
}

export interface KillingResult {
  /** What is wrong, in words. */
  readonly wrong: readonly string[];
  /** By sender. */
  readonly sent: Readonly<Record<string, number>>;
  readonly stored: Readonly<Record<string, number>>;
  /** Lines of plain syslog that the service had not read when it died. */
  readonly unread: number;
}

interface Ready {
  readonly http: string;
  readonly health: string;
  readonly inputs: readonly Place[];
}

/** Of the deaths one in so many comes before the service has started. */
const EARLY = 4;
const EARLY_MS = 1_500;

/**
 * Kills a service (SIGKILL) again and again at random moments while lines come by file, HTTP, RELP and plain syslog, and
 * then holds what is stored, in every level, against what was sent.
 */
export async function killing(options: KillingOptions): Promise<KillingResult> {
  const { folder, perSecond, say = () => {} } = options;
  const random = randomOf(options.seed);
  const tcp = new TcpSender('198.51.100.1', perSecond);
  const file = new FileSender(folder, '198.51.100.4', perSecond);
  const senders: TortureSender[] = [
    tcp,
    new HttpSender('198.51.100.2', perSecond),
    new RelpSender('198.51.100.3', perSecond),
    file,
  ];
  const start = (): Fireplot => new Fireplot(argsOf(path.join(folder, 'store'), file.path));
  let life = start();
  try {
    for (let kill = 1; kill <= options.kills; kill++) {
      if (kill % EARLY === 0) {
        await pause(random() * EARLY_MS);
      } else {
        const ready = await readyOf(life);
        for (const sender of senders) sender.up(ready.inputs);
        await pause(random() * options.lifeMs);
        tcp.promised(await linesOnDisk(ready.health));
        await pause(random() * 100);
      }
      life.kill('SIGKILL');
      await life.ended();
      for (const sender of senders) sender.down();
      say(`death ${kill} of ${options.kills}`);
      life = start();
    }
    const ready = await readyOf(life);
    for (const sender of senders) sender.up(ready.inputs);
    await Promise.all(senders.map((sender) => sender.finish()));
    await allStored(ready, senders);
    const wrong = await levelsApart(ready.http);
    const numbers = await numbersOf(ready.http, senders);
    life.kill();
    const code = await life.ended();
    if (code !== 0) wrong.push(`the service ended with ${code}: ${life.stderr}`);
    for (const sender of senders) wrong.push(...sender.judge(numbers.get(sender.source) ?? []).slice(0, 5));
    return {
      wrong,
      sent: Object.fromEntries(senders.map(({ name, sent }) => [name, sent])),
      stored: Object.fromEntries(senders.map(({ name, source }) => [name, numbers.get(source)?.length ?? 0])),
      unread: senders.reduce((sum, each) => sum + each.unread(numbers.get(each.source) ?? []), 0),
    };
  } finally {
    life.kill('SIGKILL');
    await life.ended();
    for (const sender of senders) sender.stop();
  }
}

function argsOf(store: string, log: string): string[] {
  const free = '127.0.0.1:0';
  const inputs = ['--syslog', free, '--relp', free, '--http-input', free, '--follow', log];
  return ['serve', '--store', store, '--http', '0', '--health', free, ...inputs];
}

async function readyOf(life: Fireplot): Promise<Ready> {
  return (await life.ready()) as unknown as Ready;
}

/** Lines by plain syslog that this life says are on disk. */
async function linesOnDisk(health: string): Promise<number> {
  return metric(health, 'fireplot_lines_spooled_total{input="tcp"}');
}

async function metric(health: string, name: string): Promise<number> {
  const text = await (await fetch(`${health}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? Number.NaN);
}

/** Waits until the counts of what is stored stand still and nothing is in the spool. */
async function allStored({ http, health }: Ready, senders: readonly TortureSender[]): Promise<void> {
  const sent = senders.reduce((sum, each) => sum + each.sent, 0);
  for (let quiet = 0, before = -1; quiet < 4; ) {
    await pause(500);
    const [row] = await ask<{ n: number }>(http, 'SELECT toUInt32(count()) AS n FROM fireplot.events');
    const now = row?.n ?? 0;
    const empty = (await metric(health, 'fireplot_spool_batches')) === 0;
    quiet = now === before && (empty || now === sent) ? quiet + 1 : 0;
    before = now;
  }
}

async function numbersOf(http: string, senders: readonly TortureSender[]): Promise<Map<string, number[]>> {
  const numbers = new Map<string, number[]>();
  for (const { source } of senders) {
    const rows = await ask<{ n: number }>(
      http,
      `SELECT tcp_seq AS n FROM fireplot.events WHERE src_ip = toIPv6('${source}') ORDER BY n`
    );
    numbers.set(
      source,
      rows.map(({ n }) => n)
    );
  }
  return numbers;
}

/** Every level of the pyramid counts what the events count. */
async function levelsApart(http: string): Promise<string[]> {
  const levels = ['cells_1m', 'cells_10m', 'cells_1h', 'sources'];
  const counts = levels.map((table) => `(SELECT toUInt32(sum(n)) FROM fireplot.${table}) AS ${table}`);
  const [row = {}] = await ask<Record<string, number>>(
    http,
    `SELECT (SELECT toUInt32(sum(count)) FROM fireplot.events) AS events, ${counts.join(', ')}`
  );
  return levels
    .filter((table) => row[table] !== row.events)
    .map((table) => `${table} counts ${row[table]}, the events ${row.events}`);
}

import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { UserError } from '../config/error.js';
import type { Resolved } from '../config/resolve.js';
import { Asker, FOR_A_PERSON } from '../detect/ask.js';
import type { Range } from '../detect/finding.js';
import { askRange } from '../detect/range.js';
import { submissions } from '../dshield/export.js';
import { message, MOST_LINES, send } from '../dshield/mail.js';
import type { Envelope } from '../dshield/mail.js';
import { lineOf, masked } from '../dshield/submission.js';
import type { LeftOut } from '../dshield/submission.js';
import { networkMatcher } from '../enrich/networks.js';
import { saveSettings } from '../sink/settings.js';
import type { Store } from '../store/store.js';
import { EXIT_OK, say } from './io.js';
import type { Io } from './io.js';
import { openMigrated, OWN_NETWORKS } from './store.js';
import { version } from './version.js';

/** Options of `fireplot dshield export` that are no settings. */
export interface DshieldExportOptions {
  readonly from?: string;
  readonly to?: string;
  readonly output?: string;
  readonly dryRun?: boolean;
  readonly send?: boolean;
}

/** Up to when submissions were sent, ISO 8601. */
const SENT = 'dshield_sent';
const TARGETS_SHOWN = 20;

/** What became of the lines. */
interface Outcome {
  lines: number;
  packets: number;
  readonly targets: Set<string>;
  readonly missed: Map<LeftOut, number>;
}

/** `fireplot dshield export`: prints or writes lines as DShield takes them; sends them only if told so and to a configured address. */
export async function dshieldExport(settings: Resolved, options: DshieldExportOptions, io: Io): Promise<number> {
  io.takeStdin(false);
  const sending = options.send === true && options.dryRun !== true;
  if (options.send === true) checkAddresses(settings);
  const store = await openMigrated(settings, (sentence) => say(io, sentence));
  try {
    const sent = await stored(store, SENT);
    const own = JSON.parse((await stored(store, OWN_NETWORKS)) ?? '[]') as string[];
    const asker = new Asker(store, FOR_A_PERSON);
    const from = options.from ?? (options.send === true ? sent : undefined);
    const range = await askRange(asker, from, options.to);
    if (sending && sent !== undefined && range.from < Date.parse(sent)) {
      throw new UserError(
        `What is before ${sent} was sent already, and DShield takes nothing twice: leave --from out.`
      );
    }
    const outcome: Outcome = { lines: 0, packets: 0, targets: new Set(), missed: new Map() };
    const lines = linesOf(asker, range, own, settings.dshieldUser, outcome);
    if (sending) {
      await sendAll(lines, settings, store, range);
    } else {
      await writeAll(lines, options.output === undefined ? undefined : path.resolve(io.cwd, options.output), io);
    }
    tell(io, outcome, range, settings, options, sending);
    return EXIT_OK;
  } finally {
    await store.close();
  }
}

function checkAddresses({ dshieldFrom, dshieldTo, dshieldUser }: Resolved): void {
  const missing = [
    dshieldTo === '' ? 'dshield.to' : '',
    dshieldFrom === '' ? 'dshield.from' : '',
    dshieldUser === '0' ? 'dshield.user' : '',
  ].filter(Boolean);
  if (missing.length === 0) return;
  throw new UserError(
    `Nothing is sent without knowing where to and from whom: set ${missing.join(', ')} in the config file first.`
  );
}

/** A setting that the store holds; undefined when it has none of that name. */
async function stored(store: Store, name: string): Promise<string | undefined> {
  const [row] = await store.query<{ value: string }>(
    'SELECT value FROM fireplot.settings FINAL WHERE name = {name:String}',
    { name }
  );
  return row?.value;
}

async function* linesOf(
  asker: Asker,
  range: Range,
  own: readonly string[],
  author: string,
  outcome: Outcome
): AsyncGenerator<string> {
  for await (const row of submissions(asker, range, networkMatcher(own), outcome.missed)) {
    outcome.lines++;
    outcome.packets += row.count;
    if (outcome.targets.size < TARGETS_SHOWN) outcome.targets.add(row.target);
    yield lineOf(row, author);
  }
}

async function writeAll(lines: AsyncGenerator<string>, file: string | undefined, io: Io): Promise<void> {
  const out: Writable = file === undefined ? io.stdout : createWriteStream(file, { flags: 'wx', mode: 0o600 });
  const failed = file === undefined ? undefined : finished(out);
  failed?.catch(() => {});
  try {
    for await (const line of lines) {
      if (out.write(`${line}\n`)) continue;
      await (failed === undefined ? once(out, 'drain') : Promise.race([once(out, 'drain'), failed]));
    }
    if (file !== undefined) out.end();
    await failed;
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    // What the store says has a code too, but was no call to the system.
    if (file === undefined || syscall === undefined) throw cause;
    const why =
      code === 'EEXIST'
        ? 'exists already, and is not written over'
        : `cannot be written (${code ?? 'no reason given'})`;
    throw new UserError(`${file} ${why}: name another file by --output.`, { cause });
  }
}

async function sendAll(lines: AsyncGenerator<string>, settings: Resolved, store: Store, range: Range): Promise<void> {
  const envelope = envelopeOf(settings);
  let part: string[] = [];
  const flush = async (): Promise<void> => {
    if (part.length > 0) await send(settings.dshieldSendmail, envelope, message(envelope, part));
    part = [];
  };
  for await (const line of lines) {
    if (part.push(line) >= MOST_LINES) await flush();
  }
  await flush();
  await saveSettings(store, { [SENT]: new Date(range.to).toISOString() });
}

const envelopeOf = ({ dshieldFrom: from, dshieldTo: to, dshieldUser: author }: Resolved): Envelope => ({
  ...{ from, to, author },
  version: version(),
});

function tell(
  io: Io,
  { lines, packets, targets, missed }: Outcome,
  range: Range,
  settings: Resolved,
  options: DshieldExportOptions,
  sent: boolean
): void {
  const between = `between ${new Date(range.from).toISOString()} and ${new Date(range.to).toISOString()}`;
  say(io, `${lines} lines for ${packets} packets that were dropped or rejected ${between}.`);
  const left = [...missed].map(([why, n]) => `${why}: ${n}`).join(', ');
  if (left !== '') say(io, `Left out, packets: ${left}.`);
  if (options.dryRun === true) {
    for (const target of targets) say(io, `Target ${target} is written as ${masked(target)}.`);
    say(io, message(envelopeOf(settings), []).trimEnd());
  }
  if (sent) say(io, `Sent to ${settings.dshieldTo} by ${settings.dshieldSendmail}.`);
  else
    say(
      io,
      'Nothing was sent. The first number of every target is 10, as DShield has it for targets that stay unnamed.'
    );
}

import path from 'node:path';
import { UserError } from '../config/error.js';
import type { Resolved } from '../config/resolve.js';
import { Asker, FOR_A_PERSON } from '../detect/ask.js';
import type { Range } from '../detect/finding.js';
import { parseTime } from '../detect/range.js';
import { askSuppressions } from '../detect/suppress.js';
import { askAllowed, askFindings, askSpoofed, askTargets } from '../intel/export/ask.js';
import type { Asked } from '../intel/export/ask.js';
import { collect } from '../intel/export/collect.js';
import type { Collected } from '../intel/export/collect.js';
import { guardOf, tellsPublic } from '../intel/export/guard.js';
import { OUTS } from '../intel/export/index.js';
import type { Out, Policy } from '../intel/export/list.js';
import { POLICIES } from '../intel/export/list.js';
import type { Why } from '../intel/export/list.js';
import { WHAT } from '../intel/export/what.js';
import { leftOutWords } from '../intel/export/words.js';
import { readPrevious, writeWhole } from '../intel/export/write.js';
import type { Store } from '../store/store.js';
import { EXIT_OK, say } from './io.js';
import type { Io } from './io.js';
import { openMigrated } from './store.js';

/** Options of `fireplot intel export` that are no settings. */
export interface ExportOptions {
  readonly from?: string;
  readonly to?: string;
  readonly what?: string;
  readonly expire?: string;
  readonly minScore?: string;
  readonly info?: boolean;
  readonly out?: string;
  readonly list?: string;
  readonly policy?: string;
}

/** The options, read. */
interface Wish {
  readonly out: Out;
  readonly file: string | undefined;
  readonly wanted: readonly Why[];
  readonly range: Range;
  readonly expire: number | undefined;
  readonly minScore: number;
  readonly informing: boolean;
  readonly name: string;
  readonly policy: Policy;
}

/** `fireplot intel export FORMAT`: who was found, as a list for another program. */
export async function exportCommand(
  [format = '']: readonly string[],
  settings: Resolved,
  options: ExportOptions,
  io: Io,
  now = Date.now()
): Promise<number> {
  const wish = read(format, options, io.cwd, now);
  io.takeStdin(false);
  const store = await openMigrated(settings, (sentence) => say(io, sentence));
  try {
    const [asked, collected] = await gather(store, settings.own, wish, now);
    const previous = wish.file === undefined ? '' : await readPrevious(wish.file);
    const text = wish.out.write({ ...wish, entries: collected.entries, now, previous });
    if (wish.file === undefined) io.stdout.write(text);
    else await writeWhole(wish.file, text);
    tell(io, wish, asked, collected);
    return EXIT_OK;
  } finally {
    await store.close();
  }
}

async function gather(store: Store, own: readonly string[], wish: Wish, now: number): Promise<[Asked, Collected]> {
  const asker = new Asker(store, FOR_A_PERSON);
  const { range, wanted } = wish;
  const [row] = await asker.query<{ value: string }>(
    "SELECT value FROM fireplot.settings FINAL WHERE name = 'own_networks'"
  );
  const ours = [...own, ...(row === undefined ? [] : (JSON.parse(row.value) as string[]))];
  const asked = await askFindings(asker, range, wanted);
  const guard = guardOf({
    own: tellsPublic(ours) ? ours : [...ours, ...(await askTargets(asker, range))],
    spoofed: await askSpoofed(asker, range),
    allowed: await askAllowed(asker, now),
    suppressions: await askSuppressions(asker, now),
  });
  return [asked, collect(asked.findings, guard, { ...wish, now })];
}

function tell(io: Io, { out, file, range }: Wish, { findings, unknown }: Asked, { entries, leftOut }: Collected): void {
  const to = file === undefined ? '' : ` in ${file}`;
  const between = `between ${new Date(range.from).toISOString()} and ${new Date(range.to).toISOString()}`;
  const left = leftOutWords(leftOut);
  say(io, `${out.name}: ${entries.length} addresses of ${findings.length} findings ${between}${to}.${left}`);
  if (unknown > 0) say(io, `${unknown} sources are not known by address: a finding keeps 10,000.`);
  if (entries.length > 0) return;
  const hint =
    findings.length > 0 ? '' : ' Findings come from serve, fireplot load --detect, or fireplot detect --save.';
  say(io, `The list is empty, and valid as such.${hint}`);
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const LONGEST_MS = 3_650 * 86_400_000;

/** @throws UserError for an option that cannot be taken, in one sentence */
function read(format: string, options: ExportOptions, cwd: string, now: number): Wish {
  const out = OUTS.find(({ name }) => name === format);
  if (out === undefined) {
    throw new UserError(`"${format}" is no format to export: take one of ${OUTS.map(({ name }) => name).join(', ')}.`);
  }
  const { what = 'all', policy = 'drop', list = 'fireplot' } = options;
  const wanted = Object.hasOwn(WHAT, what) ? WHAT[what] : undefined;
  if (wanted === undefined) {
    throw new UserError(`"${what}" cannot be exported: --what is one of ${Object.keys(WHAT).join(', ')}.`);
  }
  const chosen = POLICIES.find((each) => each === policy);
  if (chosen === undefined) throw new UserError(`"${policy}" is no policy: take one of ${POLICIES.join(', ')}.`);
  if (!/^[A-Za-z]\w{0,30}$/.test(list)) {
    throw new UserError(`"${list}" is no name for a list: a letter, then letters, digits and underscores, 31 at most.`);
  }
  const expire = expireOf(options.expire);
  return {
    ...{ out, wanted, expire, name: list, policy: chosen, informing: options.info === true },
    minScore: minScoreOf(options.minScore),
    range: rangeOf(options, expire, now),
    file: options.out === undefined ? undefined : path.resolve(cwd, options.out),
  };
}

/** Without --from as far back as an address may count. */
function rangeOf({ from, to }: ExportOptions, expire: number | undefined, now: number): Range {
  const end = to === undefined ? now : parseTime(to);
  const start =
    from === undefined ? (expire === undefined ? 0 : Math.max(0, Math.min(now, end) - expire)) : parseTime(from);
  if (start < end) return { from: start, to: end };
  throw new UserError(
    `There is no time between --from ${from ?? ''} and --to ${to ?? 'now'}: give --from a time before.`
  );
}

function expireOf(text = '7d'): number | undefined {
  if (text === 'never') return undefined;
  const [, digits = '', unit = ''] = /^(\d{1,9})([smhdw])$/.exec(text) ?? [];
  const ms = Number(digits) * (UNITS[unit] ?? 0);
  if (ms > 0 && ms <= LONGEST_MS) return ms;
  throw new UserError(
    `"${text}" is no time to expire after: write 12h, 7d, 4w or the like, ten years at most, or never.`
  );
}

function minScoreOf(text = '0'): number {
  const score = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (score <= 100) return score;
  throw new UserError(`"${text}" is no score: give --min-score one from 0 to 100.`);
}

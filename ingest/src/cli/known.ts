import { UserError } from '../config/error.js';
import type { Resolved } from '../config/resolve.js';
import { Asker, FOR_A_PERSON } from '../detect/ask.js';
import { KINDS } from '../detect/finding.js';
import { applySuppressions, askLasting, FOR_EVER, saveSuppression } from '../detect/known.js';
import type { Lasting } from '../detect/known.js';
import { parseTime } from '../detect/range.js';
import { networkText, readNetwork } from '../intel/network.js';
import { EXIT_OK, printable, say } from './io.js';
import type { Io } from './io.js';
import { openMigrated } from './store.js';

/** Options of `fireplot known …`. */
export interface KnownOptions {
  readonly reason?: string;
  readonly kind?: string;
  readonly port?: string;
  readonly until?: string;
  readonly json?: boolean;
}

export type KnownVerb = 'add' | 'list' | 'remove';

/** `fireplot known add|list|remove`: scans that are known and wanted, so that they raise no alert. */
export async function knownCommand(
  verb: KnownVerb,
  settings: Resolved,
  text: string,
  options: KnownOptions,
  io: Io
): Promise<number> {
  io.takeStdin(false);
  const rule = verb === 'list' ? undefined : ruleOf(text, options);
  const store = await openMigrated(settings, (sentence) => say(io, sentence));
  try {
    const [asker, now] = [new Asker(store, FOR_A_PERSON), Date.now()];
    const all = await askLasting(asker, now);
    if (rule === undefined) {
      for (const one of all) io.stdout.write(`${options.json === true ? json(one) : printable(line(one))}\n`);
      say(io, `${all.length} known.`);
      return EXIT_OK;
    }
    const there = all.some(
      ({ network, kind, port }) => network === rule.network && kind === rule.kind && port === rule.port
    );
    if (verb === 'remove' && !there)
      throw new UserError(`Nothing is known of "${words(rule)}": fireplot known list shows what is.`);
    await saveSuppression(store, rule, now, verb === 'remove');
    const changed = await applySuppressions(store, asker, now);
    say(io, `${words(rule)} is ${verb === 'add' ? '' : 'no longer '}known: ${changed} stored findings now say so.`);
    return EXIT_OK;
  } finally {
    await store.close();
  }
}

const MOST_REASON = 200;

/** @throws UserError with one sentence for what is none */
function ruleOf(text: string, { reason = '', kind = '', port, until }: KnownOptions): Lasting {
  const network = readNetwork(text);
  if (network === undefined)
    throw new UserError(`"${text}" is no network: write ADDRESS or ADDRESS/BITS, for example 198.51.100.0/24.`);
  const kinds: readonly string[] = [...KINDS, 'spike'];
  if (kind !== '' && !kinds.includes(kind))
    throw new UserError(`"${kind}" is no kind of finding: take one of ${kinds.join(', ')}.`);
  const number = port === undefined ? 0 : Number(port);
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && number >= 1 && number <= 65_535))
    throw new UserError(`"${port}" is no port: write a number from 1 to 65535.`);
  // An empty reason would read as "not known".
  const why = reason.trim().slice(0, MOST_REASON) || 'known';
  const end = until === undefined ? FOR_EVER : parseTime(until);
  if (end <= Date.now()) throw new UserError(`"${until ?? ''}" has passed: give --until a time to come.`);
  return { network: networkText(network), kind, port: number, reason: why, until: end };
}

const words = ({ network, kind, port }: Lasting): string =>
  [network, kind, port === 0 ? '' : `port ${port}`].filter((word) => word !== '').join(', ');

function line(rule: Lasting): string {
  const until = rule.until >= FOR_EVER ? 'for ever' : `until ${new Date(rule.until).toISOString().slice(0, 16)}Z`;
  return `${words(rule).padEnd(40)}  ${until}  ${rule.reason}`;
}

function json({ until, ...rule }: Lasting): string {
  return JSON.stringify({ ...rule, until: until >= FOR_EVER ? null : new Date(until).toISOString() });
}

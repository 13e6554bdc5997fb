import { readFeedFile } from '../intel/file.js';
import { Client } from '../intel/fetch/client.js';
import type { Validators } from '../intel/fetch/client.js';
import { LIMITS } from '../intel/fetch/limits.js';
import { feedUrl, isUrl } from '../intel/fetch/url.js';
import { UserError } from '../config/error.js';
import type { Store } from '../store/store.js';
import type { Figures, Hints } from './figures.js';
import { readFigures } from './read.js';
import { readValidators, saveFigures, saveLoad } from './save.js';

/** Pages of DShield are some kilobytes; its list of daily sources is the largest, some tens of megabytes. */
const DSHIELD_LIMITS = { ...LIMITS, totalMs: 5 * 60_000, requestMs: 2 * 60_000, bytes: 64 * 1024 * 1024 };

/**
 * Loads one document.
 * @param place URL, or path of a file
 * @param contact mail address that a server is told
 * @param now ms since the epoch
 * @returns undefined when the server says that it has not changed since it was loaded
 * @throws UserError in one sentence; nothing was stored then
 */
export async function loadFigures(
  store: Store,
  place: string,
  hints: Hints,
  contact: string,
  now: number
): Promise<Figures | undefined> {
  let text: string;
  let validators: Validators = {};
  if (isUrl(place)) {
    const answer = await fetchText(place, contact, await readValidators(store, place));
    if (answer === undefined) return undefined;
    ({ text, validators } = answer);
  } else {
    text = (await readFeedFile(place)).join('\n');
  }
  const figures = readFigures(text, place, hints);
  await saveFigures(store, figures, now);
  await saveLoad(store, place, figures, validators, now);
  return figures;
}

/** DShield turns clients away that do not say whom to write to; so the contact is asked for, and sent to that host alone. */
async function fetchText(
  place: string,
  contact: string,
  before: Validators
): Promise<{ text: string; validators: Validators } | undefined> {
  if (contact === '') {
    throw new UserError(
      `${place} is not asked for without a contact, which DShield wants of every client: set dshield.contact (FIREPLOT_CONTACT) to your mail address.`
    );
  }
  const url = feedUrl(place);
  const client = new Client(url, { header: 'user-agent', value: `fireplot (${contact})` }, DSHIELD_LIMITS);
  try {
    const answer = await client.get(url, 'application/json, text/xml, text/plain, */*', before);
    if (answer === undefined) return undefined;
    if (!answer.delimited) throw new UserError(`the answer of ${url.host} may be cut short: its length is not told.`);
    return answer;
  } finally {
    client.close();
  }
}

import { objects, textOf } from '../json.js';
import type { Json } from '../json.js';
import { FetchError } from './error.js';
import type { Ask, Fetched } from './fetched.js';
import { FULL_MS } from './fetched.js';
import { jsonOf } from './json.js';

/**
 * OTX's pulse API: pages that name the next one. After a first load only what was modified since is asked for, and put in
 * the place of what we have of it; once a week everything is. https://otx.alienvault.com/api
 * @throws FetchError
 */
export async function fetchOtx({ url, client, before, limits, now }: Ask): Promise<Fetched> {
  const full = before?.memo.full ?? 0;
  const since = before === undefined || now - full >= FULL_MS ? undefined : before.memo.since;
  const pulses = new Map<string, Json>();
  const take = (page: Json): void => {
    for (const pulse of objects(page.results)) pulses.set(textOf(pulse.id) || String(pulses.size), pulse);
  };
  if (since !== undefined) for (const { text } of before?.documents ?? []) take(jsonOf(url, text));
  const first = new URL(url);
  if (!first.searchParams.has('limit')) first.searchParams.set('limit', '50');
  if (since !== undefined) first.searchParams.set('modified_since', since);
  const asked = new Set<string>();
  let changed = since === undefined;
  for (let at: URL | undefined = first; at !== undefined; ) {
    if (asked.has(at.href)) throw new FetchError(`${url.host} leads from page to page in a circle`);
    if (asked.size === limits.pages) throw new FetchError(`${url.host} has more than ${limits.pages} pages`);
    asked.add(at.href);
    const answer = await client.get(at, 'application/json');
    const page = jsonOf(url, answer?.text ?? '');
    if (!Array.isArray(page.results)) throw new FetchError(`${url.host} answers with no page of pulses`);
    if (page.results.length > 0) changed = true;
    take(page);
    at = nextOf(url, at, page.next);
  }
  if (!changed) return undefined;
  const results = [...pulses.values()];
  const newest = results.reduce((latest, { modified }) => (textOf(modified) > latest ? textOf(modified) : latest), '');
  return {
    documents: [{ name: '', text: JSON.stringify({ results }) }],
    memo: { validators: {}, full: since === undefined ? now : full, ...(newest === '' ? {} : { since: newest }) },
  };
}

/** @throws FetchError where it leads to another host, which would get the key */
function nextOf(home: URL, from: URL, next: unknown): URL | undefined {
  if (typeof next !== 'string' || next === '') return undefined;
  let url: URL;
  try {
    url = new URL(next, from);
  } catch (cause) {
    throw new FetchError(`${home.host} names a next page that is no URL`, { cause });
  }
  if (url.origin === home.origin) return url;
  throw new FetchError(`${home.host} names a next page on another host, ${url.host}`);
}

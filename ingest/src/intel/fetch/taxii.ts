import { objects, textOf } from '../json.js';
import type { Json } from '../json.js';
import { FetchError } from './error.js';
import type { Ask, Fetched } from './fetched.js';
import { FULL_MS } from './fetched.js';
import { jsonOf } from './json.js';

const ACCEPT = 'application/taxii+json;version=2.1';
const TYPES = /^application\/(?:(?:taxii|stix)\+)?json\b/i;
const ADDED_LAST = 'x-taxii-date-added-last';

/**
 * A TAXII 2.1 collection: envelopes with `more` and `next`; after a first load only what was added since, put together
 * with what we have; once a week everything. https://docs.oasis-open.org/cti/taxii/v2.1/
 * @throws FetchError
 */
export async function fetchTaxii({ url, client, before, limits, now }: Ask): Promise<Fetched> {
  const full = before?.memo.full ?? 0;
  const since = before === undefined || now - full >= FULL_MS ? undefined : before.memo.since;
  const newest = new Map<string, Json>();
  if (since !== undefined) for (const { text } of before?.documents ?? []) take(newest, jsonOf(url, text));
  let page: Page = { after: since, next: undefined };
  let last = since;
  let changed = since === undefined;
  for (let pages = 0; page !== undefined; pages++) {
    if (pages === limits.pages) throw new FetchError(`${url.host} has more than ${limits.pages} pages`);
    const answer = await client.get(pageUrl(url, page), ACCEPT);
    const type = answer?.headers['content-type'] ?? '';
    if (!TYPES.test(type)) throw new FetchError(`${url.host} answers with ${type.slice(0, 50)} and not in TAXII 2.1`);
    const envelope = jsonOf(url, answer?.text ?? '');
    if (objects(envelope.objects).length > 0) changed = true;
    take(newest, envelope);
    const added = answer?.headers[ADDED_LAST];
    if (typeof added === 'string') last = added;
    page = following(url, page, envelope, last);
  }
  if (!changed) return undefined;
  const memo = {
    validators: {},
    full: since === undefined ? now : full,
    ...(last === undefined ? {} : { since: last }),
  };
  return { documents: [{ name: '', text: JSON.stringify({ objects: [...newest.values()] }) }], memo };
}

type Page = { readonly after: string | undefined; readonly next: string | undefined } | undefined;

/** Of one id the newest; other objects than indicators say no addresses by themselves. */
function take(newest: Map<string, Json>, envelope: Json): void {
  for (const object of objects(envelope.objects)) {
    if (object.type !== 'indicator') continue;
    const before = newest.get(textOf(object.id));
    if (before === undefined || textOf(object.modified) >= textOf(before.modified))
      newest.set(textOf(object.id), object);
  }
}

function pageUrl(url: URL, page: NonNullable<Page>): URL {
  const at = new URL(url);
  if (!/\/objects\/?$/.test(at.pathname)) at.pathname = `${at.pathname.replace(/\/$/, '')}/objects/`;
  if (page.after !== undefined) at.searchParams.set('added_after', page.after);
  if (page.next !== undefined) at.searchParams.set('next', page.next);
  return at;
}

/** `next` is optional: without it one goes on behind what was added last. */
function following(url: URL, page: NonNullable<Page>, { more, next }: Json, last: string | undefined): Page {
  if (more !== true) return undefined;
  if (typeof next === 'string' && next !== '' && next !== page.next) return { ...page, next };
  if (next === undefined && last !== undefined && last !== page.after) return { after: last, next: undefined };
  throw new FetchError(`${url.host} says that there is more, and not where`);
}

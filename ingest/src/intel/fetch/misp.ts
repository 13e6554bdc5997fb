import { isObject } from '../json.js';
import { FetchError } from './error.js';
import type { Ask, Doc, Fetched } from './fetched.js';
import { jsonOf } from './json.js';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const AT_ONCE = 4;
const MOST_EVENTS = 50_000;

/**
 * A MISP feed: manifest.json names its events, each a file beside it. Events whose time in the manifest is as before are
 * not asked for again. https://www.misp-standard.org/rfc/misp-standard-core.html
 * @throws FetchError
 */
export async function fetchMisp({ url, client, before }: Ask): Promise<Fetched> {
  const manifestUrl = url.pathname.endsWith('/') ? new URL('manifest.json', url) : url;
  const answer = await client.get(manifestUrl, 'application/json', before?.memo.validators);
  if (answer === undefined) return undefined;
  const manifest = jsonOf(url, answer.text);
  const ids = Object.keys(manifest);
  if (ids.length > MOST_EVENTS)
    throw new FetchError(`the manifest of ${url.host} names more than ${MOST_EVENTS} events`);
  const had = new Map(before?.documents.map((doc) => [doc.name, doc]));
  const stamps: Record<string, string> = {};
  const documents: Doc[] = [];
  const wanted: string[] = [];
  for (const id of ids) {
    if (!UUID.test(id)) throw new FetchError(`the manifest of ${url.host} names an event that is no UUID`);
    const facts = manifest[id];
    const stamp = isObject(facts) ? String(facts.timestamp ?? '') : '';
    stamps[id] = stamp;
    const old = had.get(id);
    if (old !== undefined && stamp !== '' && before?.memo.stamps?.[id] === stamp) documents.push(old);
    else wanted.push(id);
  }
  const fetchNext = async (): Promise<void> => {
    for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
      const event = await client.get(new URL(`${id}.json`, manifestUrl), 'application/json');
      const text = event?.text ?? '';
      jsonOf(url, text);
      documents.push({ name: id, text });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchNext));
  return { documents, memo: { validators: answer.validators, stamps } };
}

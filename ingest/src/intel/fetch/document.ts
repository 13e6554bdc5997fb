import { FetchError } from './error.js';
import type { Ask, Fetched } from './fetched.js';

/** A feed that is one document. @throws FetchError */
export async function fetchDocument({ url, client, before }: Ask): Promise<Fetched> {
  const answer = await client.get(url, '*/*', before?.memo.validators);
  if (answer === undefined) return undefined;
  const { text, validators, delimited } = answer;
  if (!delimited && !text.endsWith('\n') && !/[}\]>]$/.test(text.trimEnd())) {
    throw new FetchError(
      `the answer of ${url.host} may be cut short: it ends within a line, and its length is not told`
    );
  }
  return { documents: [{ name: '', text }], memo: { validators } };
}

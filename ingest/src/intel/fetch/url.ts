import { UserError } from '../../config/error.js';

/** How a feed at a URL is asked for. */
export type Protocol = 'document' | 'otx' | 'taxii' | 'misp';

/** Names of parameters in which services take keys; there they would stand in every log on the way. */
const KEYS = /^(?:.*[_-])?(?:key|apikey|token|auth|authkey|password|passwd|pwd|pass|secret|signature|sig|license)$/i;

/** Whether a place is meant as a URL and not as a file. */
export const isUrl = (place: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(place);

/**
 * The URL of a feed, which is stored and shown, so that it must not hold a secret.
 * @throws UserError that says where the secret goes instead, without repeating it
 */
export function feedUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new UserError('That is no URL: write http[s]://HOST/PATH.', { cause });
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new UserError(`A feed cannot be had by ${url.protocol}//: name an http or https URL, or a file.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UserError(
      `The URL of ${url.host} holds a user or password, which would be stored and shown: leave it out, and give it by --key-file, --key-env or --key-credential with --auth basic.`
    );
  }
  const key = [...url.searchParams.keys()].find((name) => KEYS.test(name));
  if (key !== undefined) {
    throw new UserError(
      `The URL of ${url.host} holds a secret (${key}=…), which would be stored and shown: leave it out, and give it by --key-file, --key-env or --key-credential; it is sent in a header.`
    );
  }
  url.hash = '';
  return url;
}

/** By which protocol a URL is asked, which its path and the feed's format tell. */
export function protocolOf(format: string, { pathname }: URL): Protocol {
  if (format === 'otx' && pathname.includes('/api/v1/pulses/')) return 'otx';
  if (format === 'stix' && /\/collections\/[^/]+(?:\/objects)?\/?$/.test(pathname)) return 'taxii';
  if (format === 'misp' && /\/(?:manifest\.json)?$/.test(pathname)) return 'misp';
  return 'document';
}

import { Client } from './client.js';
import type { Credential } from './client.js';
import { fetchDocument } from './document.js';
import type { Copy, Fetched } from './fetched.js';
import type { Limits } from './limits.js';
import { fetchMisp } from './misp.js';
import { fetchOtx } from './otx.js';
import { fetchTaxii } from './taxii.js';
import type { Protocol } from './url.js';

const PROTOCOLS = { document: fetchDocument, otx: fetchOtx, taxii: fetchTaxii, misp: fetchMisp };

export interface FetchJob {
  readonly url: URL;
  readonly protocol: Protocol;
  readonly credential: Credential | undefined;
  /** What we have of exactly this URL. */
  readonly before: Copy | undefined;
  readonly limits: Limits;
  /** The user's mail address for those who ask for one. */
  readonly contact?: string | undefined;
  /** ms since the epoch. */
  readonly now: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Gets a feed over HTTP.
 * @returns the whole feed, or undefined when it is what we have
 * @throws FetchError
 */
export async function fetchFeed({ protocol, credential, contact = '', signal, ...job }: FetchJob): Promise<Fetched> {
  const client = new Client(job.url, credential, job.limits, signal, contact);
  try {
    return await PROTOCOLS[protocol]({ ...job, client });
  } finally {
    client.close();
  }
}

import type { IncomingMessage } from 'node:http';
import { tooLong } from './body.js';
import type { BodyKind } from './lines.js';
import { Refusal } from './refusal.js';
import type { Token } from './token.js';

export const PATH = '/v1/events';

const KINDS: Readonly<Record<string, BodyKind>> = {
  '': 'lines',
  'text/plain': 'lines',
  'application/x-ndjson': 'lines',
  'application/ndjson': 'lines',
  'application/jsonl': 'lines',
  'application/x-jsonlines': 'lines',
  'application/json': 'json',
};

const MAX_KEY = 255;

/** What the head of a request says of its body. */
export interface Announced {
  readonly kind: BodyKind;
  readonly gzip: boolean;
  readonly key: string | undefined;
}

/**
 * Judges a request by its head, before a byte of its body is read.
 * @throws Refusal
 */
export function readHead(request: IncomingMessage, token: Token, maxBytes: number): Announced {
  const { headers, method, url = '' } = request;
  if (url.split('?', 1)[0] !== PATH) throw new Refusal(404, `There is nothing here: lines go to POST ${PATH}.`);
  if (method !== 'POST') throw new Refusal(405, `Lines go to POST ${PATH}.`, { allow: 'POST' });
  // A page in somebody's browser reaches loopback too; programs send neither header.
  if (headers.origin !== undefined || (headers['sec-fetch-site'] ?? 'none') !== 'none') {
    throw new Refusal(403, 'Web pages may not send lines here.');
  }
  if (!token.fits(headers.authorization)) {
    throw new Refusal(401, 'The token is missing or wrong: send Authorization: Bearer TOKEN.', {
      'www-authenticate': 'Bearer',
    });
  }
  const announced = {
    kind: kindOf(headers['content-type']),
    gzip: isGzip(headers['content-encoding']),
    key: keyOf(request),
  };
  const length = headers['content-length'];
  if (length === undefined && headers['transfer-encoding'] === undefined) {
    throw new Refusal(411, 'The length of the body is missing: send Content-Length, or the body in chunks.');
  }
  if (Number(length ?? 0) > maxBytes) throw tooLong(maxBytes);
  return announced;
}

function kindOf(type = ''): BodyKind {
  const name = type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (kind !== undefined) return kind;
  throw new Refusal(
    415,
    'Send lines as Content-Type: text/plain, JSON lines as application/x-ndjson, or an array as application/json.',
    { accept: 'text/plain, application/x-ndjson, application/json' }
  );
}

function isGzip(encoding = 'identity'): boolean {
  const name = encoding.trim().toLowerCase();
  if (name === 'gzip' || name === 'x-gzip') return true;
  if (name === 'identity' || name === '') return false;
  throw new Refusal(415, 'Send the body as it is, or with Content-Encoding: gzip.', { 'accept-encoding': 'gzip' });
}

function keyOf({ headers }: IncomingMessage): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key !== '' && key.length <= MAX_KEY) return key;
  throw new Refusal(400, `Idempotency-Key must be one text of at most ${MAX_KEY} characters.`);
}

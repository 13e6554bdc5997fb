import path from 'node:path';
import { UserError } from '../../config/error.js';
import { readSecret } from '../../config/secret.js';
import type { Credential } from './client.js';
import { isInner } from './inner.js';
import type { Protocol } from './url.js';

/** Where a feed's secret is: this is what the store keeps, never the secret itself. */
export type KeyPlace =
  /** Absolute path. */
  { readonly file: string } | { readonly env: string } | { readonly credential: string };

export type Env = Readonly<Record<string, string | undefined>>;

/** How it is sent, besides by a header of any name. */
export const WAYS = ['bearer', 'basic', 'key'] as const;
const HEADER = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;
const CREDENTIAL = /^[\w.-]{1,255}$/;

/** A place as people read it. */
export function keyWords(key: KeyPlace): string {
  if ('file' in key) return `file ${key.file}`;
  return 'env' in key ? `environment ${key.env}` : `credential ${key.credential}`;
}

/** @throws UserError for a way that is none */
export function checkWay(way: string): string {
  if ((WAYS as readonly string[]).includes(way) || HEADER.test(way)) return way;
  throw new UserError(`"${way}" is no way to send a key: give ${WAYS.join(', ')}, or the name of a header.`);
}

/** @throws UserError when there is no secret */
export function readKey(key: KeyPlace, env: Env): string {
  if ('file' in key) return checked(keyWords(key), readSecret('key', key.file));
  if ('env' in key) {
    const secret = env[key.env];
    if (secret !== undefined && secret !== '') return checked(keyWords(key), secret.trim());
    throw new UserError(`The environment variable ${key.env} with the feed's key is not set: set it to the key alone.`);
  }
  const folder = env.CREDENTIALS_DIRECTORY;
  if (folder === undefined || folder === '' || !CREDENTIAL.test(key.credential)) {
    throw new UserError(
      `There is no systemd credential ${key.credential}: start it by a unit with LoadCredential=${key.credential}:FILE.`
    );
  }
  return checked(keyWords(key), readSecret('key', path.join(folder, key.credential)));
}

function checked(where: string, secret: string): string {
  if (/^[\x20-\x7e]+$/.test(secret)) return secret;
  throw new UserError(
    `The key of ${where} has more than one line, or characters that no header takes: write it alone.`
  );
}

/**
 * The header that carries a secret.
 * @param way 'bearer', 'basic' (the secret is USER:PASSWORD), 'key' (Authorization with the secret alone), or a header
 * @throws UserError where it would cross the internet in the clear
 */
export function credentialOf(url: URL, protocol: Protocol, secret: string, way: string | undefined): Credential {
  if (url.protocol === 'http:' && !isInner(url.hostname)) {
    throw new UserError(`The key would go to ${url.host} unencrypted: name an https URL.`);
  }
  switch (way ?? usual(protocol, secret)) {
    case 'bearer':
      return { header: 'authorization', value: `Bearer ${secret}` };
    case 'basic':
      return { header: 'authorization', value: `Basic ${Buffer.from(secret).toString('base64')}` };
    case 'key':
      return { header: 'authorization', value: secret };
    default:
      return { header: (way ?? 'X-OTX-API-KEY').toLowerCase(), value: secret };
  }
}

function usual(protocol: Protocol, secret: string): string {
  if (protocol === 'otx') return 'X-OTX-API-KEY';
  if (protocol === 'misp') return 'key';
  return protocol === 'taxii' && secret.includes(':') ? 'basic' : 'bearer';
}

/** A text in which a server may have sent the secret back. */
export function without(secret: string | undefined, text: string): string {
  if (secret === undefined) return text;
  const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
  return forms.reduce((cleaned, form) => cleaned.replaceAll(form, '(hidden)'), text);
}

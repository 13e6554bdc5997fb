import { readFileSync, statSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { SecureContextOptions } from 'node:tls';
import { UserError } from '../../config/error.js';

/** Where the certificates of a server lie, and which of its senders' it takes; plain data. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
  /** '': senders need no certificate, unless `clientNames` has fingerprints. */
  readonly clientCa: string;
  /** Names and fingerprints that may send; none: whatever the CA has signed. */
  readonly clientNames: readonly string[];
}

const CHECK_MS = 5_000;

/**
 * Reads the files, for a server that is to start with them.
 * @throws UserError with one sentence that names the file and what is wrong with it
 */
export function readCertificates(files: TlsFiles): SecureContextOptions {
  const options: SecureContextOptions = {
    cert: readPem(files.cert, 'tls.cert'),
    key: readPem(files.key, 'tls.key'),
    minVersion: 'TLSv1.2',
  };
  if (files.clientCa !== '') options.ca = readPem(files.clientCa, 'tls.client_ca');
  try {
    createSecureContext(options);
  } catch (cause) {
    throw new UserError(`tls: ${reasonOf(cause, files)}`, { cause });
  }
  return options;
}

function readPem(file: string, path: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'cannot be read';
    throw new UserError(`${path}: ${file} ${reason}: check the path and who may read it.`, { cause });
  }
}

function reasonOf(cause: unknown, { cert, key, clientCa }: TlsFiles): string {
  const { code = '', message = '' } = cause as { code?: string; message?: string };
  if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH')
    return `the key in ${key} is not that of the certificate in ${cert}.`;
  if (/passphrase|bad decrypt|interrupted or cancelled/i.test(message)) {
    return `the key in ${key} is locked by a passphrase: give one without, readable by this program alone.`;
  }
  const all = [cert, key, clientCa].filter(Boolean).join(', ');
  return `one of ${all} holds no usable PEM certificate or key (${message}).`;
}

/**
 * Looks every few seconds whether one of the files is another one, since certificates are renewed while a service runs.
 * @param onChange gets the new ones, once they are whole: a key that does not fit yet is waited for
 * @param onTrouble told once in a sentence when they cannot be used; the old ones stay in use
 * @returns stops it
 */
export function watchCertificates(
  files: TlsFiles,
  onChange: (options: SecureContextOptions) => void,
  onTrouble: (sentence: string) => void,
  everyMs = CHECK_MS
): () => void {
  let seen = stampsOf(files);
  let troubled = '';
  const timer = setInterval(() => {
    const now = stampsOf(files);
    if (now === seen && troubled === '') return;
    try {
      const options = readCertificates(files);
      seen = now;
      troubled = '';
      onChange(options);
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error);
      if (trouble !== troubled) onTrouble(`The certificates have changed and cannot be used: ${trouble}`);
      troubled = trouble;
    }
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

function stampsOf({ cert, key, clientCa }: TlsFiles): string {
  const stamps = [cert, key, clientCa].filter(Boolean).map((file) => {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat === undefined ? 'none' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
  });
  return stamps.join('\n');
}

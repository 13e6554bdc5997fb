import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Reader } from 'mmdb-lib';
import type { Response } from 'mmdb-lib';
import { UserError } from '../config/error.js';
import { NO_ORIGIN, originOfRecord } from './origin.js';
import type { Origin, OriginOf } from './origin.js';

/** CC0, 8 MB: which country each network was registered for. It knows no autonomous systems. */
const BUNDLED = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb';

/**
 * Opens databases in MaxMind's format, each read once into memory. What one does not say, the next may; the bundled
 * table of countries is asked last.
 * @param files paths of the user's own
 * @throws UserError for a file that is none
 */
export function openOrigins(files: readonly string[]): OriginOf {
  const bundled = createRequire(import.meta.url).resolve(BUNDLED);
  const readers = [...files, bundled].map(readerOf);
  return (address) => {
    const plain = address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
    let found: Origin = NO_ORIGIN;
    for (const reader of readers) {
      const { country, asn, operator } = lookUp(reader, plain);
      // A number and who runs it belong together: never of two databases.
      const system = found.asn > 0 ? found : { asn, operator };
      found = { country: found.country || country, asn: system.asn, operator: system.operator };
      if (found.country !== '' && found.asn > 0) break;
    }
    return found;
  };
}

/**
 * As `openOrigins`, but the bundled table alone is opened when it is first asked: most runs of the command never are. The
 * user's own files are opened at once, so that a wrong path is told at the start.
 */
export function lazyOrigins(files: readonly string[]): OriginOf {
  if (files.length > 0) return openOrigins(files);
  let opened: OriginOf | undefined;
  return (address) => (opened ??= openOrigins(files))(address);
}

function readerOf(file: string): Reader<Response> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new UserError(`enrich.geoip: ${file} ${reason}: name a file in MaxMind's format (.mmdb).`, { cause });
  }
  try {
    return new Reader<Response>(bytes);
  } catch (cause) {
    throw new UserError(`enrich.geoip: ${file} is no whole file in MaxMind's format (.mmdb): get it again.`, { cause });
  }
}

/** A text that is no address, an IPv6 address asked of a table of IPv4, or damage behind the head: no answer. */
function lookUp(reader: Reader<Response>, address: string): Origin {
  try {
    return originOfRecord(reader.get(address));
  } catch {
    return NO_ORIGIN;
  }
}

/** Where an address comes from; what no database knows is '' or 0. */
export interface Origin {
  /** ISO 3166-1, two letters. */
  readonly country: string;
  /** Autonomous system. */
  readonly asn: number;
  /** Who runs it, as the database words it. */
  readonly operator: string;
}

/** Looks an address up: IPv4, IPv6, or IPv4 as the store has it, `::ffff:a.b.c.d`. */
export type OriginOf = (address: string) => Origin;

export const NO_ORIGIN: Origin = { country: '', asn: 0, operator: '' };
const COUNTRY = /^[A-Z]{2}$/;
const OPERATOR_LENGTH = 120;
const MAX_ASN = 0xffff_ffff;

/**
 * What a record of a MaxMind-format file says, whoever made it: MaxMind's and DB-IP's nested names, the plain ones of
 * ip-location-db and IPinfo. Anything unexpected is no answer.
 */
export function originOfRecord(record: unknown): Origin {
  if (!isRecord(record)) return NO_ORIGIN;
  const { country, registered_country: registered } = record;
  const codes = [record.country_code, nested(country), country, nested(registered)];
  return {
    country: codes.find((code): code is string => typeof code === 'string' && COUNTRY.test(code)) ?? '',
    asn: asnOf(record.autonomous_system_number ?? record.asn ?? record.as_number),
    operator: operatorOf(record.autonomous_system_organization ?? record.as_organization ?? record.as_name),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const nested = (value: unknown): unknown => (isRecord(value) ? value.iso_code : undefined);

/** `64500` or `AS64500`. */
function asnOf(value: unknown): number {
  const number = Number(typeof value === 'string' ? value.replace(/^AS/i, '') : value);
  return Number.isInteger(number) && number > 0 && number <= MAX_ASN ? number : 0;
}

const operatorOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, OPERATOR_LENGTH) : '');

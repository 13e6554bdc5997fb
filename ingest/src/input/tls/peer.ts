import type { PeerCertificate } from 'node:tls';

const FINGERPRINT = /^(?:sha-?256:)?((?:[0-9a-f]{2}:){31}[0-9a-f]{2}|[0-9a-f]{64})$/i;
/** A host name, whose first label may be `*`; or an address. */
const NAME = /^(?:\*\.)?[\p{L}\p{N}_](?:[\p{L}\p{N}_. :-]*[\p{L}\p{N}_])?$/u;

export type ClientName =
  | { readonly kind: 'fingerprint'; readonly hex: string }
  | { readonly kind: 'name'; readonly name: string };

/**
 * Reads who may send: a name as certificates have it (`fw1.example.net`, `*.example.net`), or a SHA-256 fingerprint,
 * `SHA256:AB:CD:…` with or without the word and the colons.
 * @throws Error with one sentence when the text is neither
 */
export function parseClientName(text: string): ClientName {
  const found = FINGERPRINT.exec(text.trim());
  if (found !== null) return { kind: 'fingerprint', hex: (found[1] ?? '').replaceAll(':', '').toUpperCase() };
  if (/^sha/i.test(text) || !NAME.test(text.trim())) {
    throw new Error(
      `"${text}" is neither the name of a certificate nor its SHA-256 fingerprint: give fw1.example.net, *.example.net or SHA256: and 64 hex digits.`
    );
  }
  return { kind: 'name', name: text.trim().toLowerCase() };
}

/** Whether a certificate is one of those named. RFC 5425: its alternative names count; without any its common name. */
export function isNamed(certificate: PeerCertificate, allowed: readonly ClientName[]): boolean {
  const fingerprint = (certificate.fingerprint256 ?? '').replaceAll(':', '');
  const names = namesOf(certificate).map((name) => name.toLowerCase());
  return allowed.some((one) =>
    one.kind === 'fingerprint' ? one.hex === fingerprint : names.some((name) => covers(one.name, name))
  );
}

/** The names a certificate goes by, for people too. */
export function namesOf({ subjectaltname, subject }: PeerCertificate): string[] {
  const names: string[] = [];
  // Node quotes values that hold a comma; such a value is no name of a machine and matches nothing.
  for (const part of (subjectaltname ?? '').split(', ')) {
    const colon = part.indexOf(':');
    const kind = part.slice(0, colon);
    if (kind === 'DNS' || kind === 'IP Address') names.push(part.slice(colon + 1));
  }
  const common: unknown = (subject as { CN?: unknown } | undefined)?.CN;
  if (names.length === 0 && typeof common === 'string') names.push(common);
  return names;
}

/** `*` stands for one label, on either side: what a certificate's wildcard covers is not for us to name. */
function covers(pattern: string, name: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === name;
  const dot = name.indexOf('.');
  return dot > 0 && name.slice(dot) === pattern.slice(1);
}

/** Whether only programs of this machine reach a place that listens on this address. */
export function isLoopback(host: string): boolean {
  return host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

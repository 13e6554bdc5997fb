import net from 'node:net';

/** Where something listens. */
export interface Endpoint {
  /** An address; '*' is every address of this machine, IPv4 and IPv6. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

/**
 * Reads `PORT`, `HOST:PORT`, `[IPv6]:PORT`, `*:PORT` or `:PORT`.
 * @param host what a lone port means
 * @throws Error with one sentence when the text is none of these
 */
export function parseEndpoint(text: string, host: string): Endpoint {
  const found = /^(?:(?:\[([^\]]*)\]|([^:]*)):)?(\d{1,5})$/.exec(text.trim());
  const port = Number(found?.[3]);
  if (found === null || port > 65_535) {
    throw new Error(`"${text}" is no place to listen: give PORT or ADDRESS:PORT, for example 5514 or 127.0.0.1:5514.`);
  }
  const given = found[1] ?? found[2];
  const named = given === undefined || given === '' ? host : given;
  return { host: parseHost(named), port };
}

/** @throws Error with one sentence when the text is neither an address nor '*' nor localhost */
export function parseHost(text: string): string {
  if (text === 'localhost') return '127.0.0.1';
  if (text === '*' || net.isIP(text) !== 0) return text;
  throw new Error(
    `"${text}" is no address to listen on: give one of this machine's addresses, 127.0.0.1, or * for all.`
  );
}

export function formatEndpoint({ host, port }: Endpoint): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** `::ffff:192.0.2.1` and `fe80::1%eth0`, as sockets name peers, without what is the socket's business. */
export function peerAddress(address: string): string {
  const zone = address.indexOf('%');
  const plain = zone < 0 ? address : address.slice(0, zone);
  return plain.startsWith('::ffff:') && plain.includes('.') ? plain.slice(7) : plain;
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program: stop that, or give another port',
  EACCES: 'may not be used by this user: give a port above 1023, or allow it to the program (CAP_NET_BIND_SERVICE)',
  EADDRNOTAVAIL: 'is not an address of this machine: give one that is, 127.0.0.1, or * for all',
};

/**
 * Why something cannot listen, in one sentence.
 * @param what `syslog over UDP`
 * @param option `--syslog`
 */
export function listenError(what: string, option: string, endpoint: Endpoint, cause: unknown): Error {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const reason =
    REASONS[code] ?? `cannot be listened on (${cause instanceof Error ? cause.message : String(cause)}): give another`;
  return new Error(`${formatEndpoint(endpoint)} for ${what} ${reason} with ${option}.`, { cause });
}

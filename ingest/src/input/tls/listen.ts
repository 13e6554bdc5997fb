import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { UserError } from '../../config/error.js';
import { formatEndpoint, listenError } from '../endpoint.js';
import type { Endpoint } from '../endpoint.js';

/**
 * @param what for the message: `syslog over TLS`
 * @param option the setting that names the port
 * @throws UserError with one sentence when the port cannot be had
 */
export async function listen(server: Server, wanted: Endpoint, what: string, option: string): Promise<void> {
  try {
    server.listen(wanted.host === '*' ? { port: wanted.port } : { host: wanted.host, port: wanted.port });
    await once(server, 'listening');
  } catch (cause) {
    throw new UserError(listenError(what, option, wanted, cause).message, { cause });
  }
  // Running out of file descriptors must not end the service.
  server.on('error', () => {});
}

/** Where a server listens, as a person says it. */
export function placeOf(server: Server, { host }: Endpoint): string {
  const address = server.address() as AddressInfo | null;
  return formatEndpoint({ host, port: address?.port ?? 0 });
}

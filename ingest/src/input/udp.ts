import dgram from 'node:dgram';
import { once } from 'node:events';
import { listenError, peerAddress } from './endpoint.js';
import type { Endpoint } from './endpoint.js';

/** Asked for, and cut by the kernel to what net.core.rmem_max allows. */
const RECEIVE_BUFFER = 64 * 1024 * 1024;

export interface UdpInput {
  readonly endpoint: Endpoint;
  /** Bytes the kernel holds for us while we are busy. */
  readonly receiveBuffer: number;
  close(): Promise<void>;
}

/**
 * @param take called with each datagram and its sender's address; the bytes are only valid during the call
 * @throws Error with one sentence when the port cannot be had
 */
export async function openUdp(wanted: Endpoint, take: (bytes: Buffer, sender: string) => void): Promise<UdpInput> {
  const socket = await bind(wanted);
  try {
    socket.setRecvBufferSize(RECEIVE_BUFFER);
  } catch {
    // Some systems refuse instead of cutting; the size they chose stays.
  }
  socket.on('message', (bytes, { address }) => take(bytes, peerAddress(address)));
  // Answers to what was never sent (ICMP port unreachable) are no reason to stop listening.
  socket.on('error', () => {});
  return {
    endpoint: { host: wanted.host, port: socket.address().port },
    receiveBuffer: socket.getRecvBufferSize(),
    close: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

async function bind(wanted: Endpoint): Promise<dgram.Socket> {
  const { host, port } = wanted;
  const tries: [dgram.SocketType, string][] =
    host === '*'
      ? [
          ['udp6', '::'],
          ['udp4', '0.0.0.0'],
        ]
      : [[host.includes(':') ? 'udp6' : 'udp4', host]];
  let failure: unknown;
  for (const [type, address] of tries) {
    const socket = dgram.createSocket({ type });
    try {
      socket.bind(port, address);
      await once(socket, 'listening');
      return socket;
    } catch (error) {
      failure = error;
      socket.close();
      if ((error as NodeJS.ErrnoException).code !== 'EAFNOSUPPORT') break; // a machine without IPv6
    }
  }
  throw listenError('syslog over UDP', '--syslog', wanted, failure);
}

import dgram from 'node:dgram';
import { once } from 'node:events';
import { UserError } from '../config/error.js';
import { splitDatagram } from './datagram.js';
import { formatEndpoint, listenError, peerAddress } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import type { Input, Intake } from './intake.js';
import type { LineSink } from './lines.js';

/** Asked for, and cut by the kernel to what net.core.rmem_max allows. */
const RECEIVE_BUFFER = 64 * 1024 * 1024;
/** Senders whose place at the intake is kept; beyond that the one known for longest begins anew. */
const SENDERS = 10_000;

export interface UdpOptions {
  readonly listen: Endpoint;
  /** Bytes of the longest line. */
  readonly lineLimit: number;
}

export interface UdpInput extends Input {
  /** Bytes the kernel holds for us while we are busy. */
  readonly receiveBuffer: number;
}

/**
 * Syslog over UDP. Nobody can be made to wait here: while the intake is held, it drops what comes and counts it.
 * @throws UserError with one sentence when the port cannot be had
 */
export const openUdp = async (options: UdpOptions, intake: Intake): Promise<UdpInput> => {
  const { listen, lineLimit } = options;
  const socket = await bind(listen);
  try {
    socket.setRecvBufferSize(RECEIVE_BUFFER);
  } catch {
    // Some systems refuse instead of cutting; the size they chose stays.
  }
  const sinks = new Map<string, LineSink>();
  const sinkOf = (sender: string): LineSink | undefined => {
    const known = sinks.get(sender);
    if (known !== undefined || !intake.admit(sender)) return known;
    if (sinks.size >= SENDERS) sinks.delete(sinks.keys().next().value as string);
    const sink = intake.open({ input: 'udp', sender, stamps: 'live' });
    sinks.set(sender, sink);
    return sink;
  };
  let datagrams = 0;
  socket.on('message', (bytes, { address }) => {
    datagrams++;
    const sink = sinkOf(peerAddress(address));
    if (sink !== undefined) splitDatagram(bytes, lineLimit, sink);
  });
  // Answers to what was never sent (ICMP port unreachable) are no reason to stop listening.
  socket.on('error', () => {});
  return {
    name: 'udp',
    place: formatEndpoint({ host: listen.host, port: socket.address().port }),
    receiveBuffer: socket.getRecvBufferSize(),
    pause: () => {},
    resume: () => {},
    close: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
    counts: () => ({ datagrams }),
  };
};

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
  throw new UserError(listenError('syslog over UDP', '--syslog', wanted, failure).message, { cause: failure });
}

import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { splitDatagram } from './datagram.js';
import type { LineSink } from './lines.js';
import { TcpInput } from './tcp.js';
import type { TcpOptions } from './tcp.js';
import { openUdp } from './udp.js';

const HOST = { host: '127.0.0.1', port: 0 };
const LIMIT = 64;

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const lines: string[] = [];
afterEach(() => void lines.splice(0));
const sink: LineSink = {
  line: (bytes, start, end) => void lines.push(bytes.toString('latin1', start, end)),
  tooLong: (bytes, start, end) => void lines.push(`${bytes.toString('latin1', start, end)}…`),
};

async function tcp(changes: Partial<TcpOptions> = {}): Promise<TcpInput> {
  const input = await TcpInput.open(HOST, {
    lineLimit: LIMIT,
    maxConnections: 10,
    idleMs: 60_000,
    admit: () => true,
    open: () => sink,
    onCrowded: () => {},
    ...changes,
  });
  closers.push(() => input.close());
  return input;
}

async function connect(port: number): Promise<net.Socket> {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {});
  closers.push(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

const seen = (expected: readonly string[]): Promise<void> =>
  vi.waitFor(() => expect(lines).toEqual(expected), { timeout: 5_000 });

describe('UDP', () => {
  test('takes datagrams with the address of their sender, several lines in one included', async () => {
    const from: string[] = [];
    const input = await openUdp(HOST, (bytes, sender) => {
      from.push(sender);
      splitDatagram(bytes, LIMIT, sink);
    });
    closers.push(() => input.close());
    const socket = dgram.createSocket('udp4');
    closers.push(() => void socket.close());
    socket.send('<14>one\n<14>two\n', input.endpoint.port, '127.0.0.1');
    await seen(['<14>one', '<14>two']);
    expect(from).toEqual(['127.0.0.1']);
    expect(input.receiveBuffer).toBeGreaterThan(0);
  });

  test('on all addresses takes IPv4 senders by their IPv4 address', async () => {
    const from: string[] = [];
    const input = await openUdp({ host: '*', port: 0 }, (_, sender) => void from.push(sender));
    closers.push(() => input.close());
    const socket = dgram.createSocket('udp4');
    closers.push(() => void socket.close());
    socket.send('x', input.endpoint.port, '127.0.0.1');
    await vi.waitFor(() => expect(from).toEqual(['127.0.0.1']));
  });

  test('says in one sentence that its port is taken', async () => {
    const first = await openUdp(HOST, () => {});
    closers.push(() => first.close());
    await expect(openUdp(first.endpoint, () => {})).rejects.toThrow(
      `127.0.0.1:${first.endpoint.port} for syslog over UDP is in use by another program`
    );
  });
});

describe('TCP', () => {
  test('takes lines and counted frames, each connection its own way', async () => {
    const { endpoint } = await tcp();
    const counting = await connect(endpoint.port);
    counting.write('7 <14>one8 <14>');
    await seen(['<14>one']);
    const plain = await connect(endpoint.port);
    plain.write('<14>two\n');
    await seen(['<14>one', '<14>two']);
    counting.write('thre');
    await seen(['<14>one', '<14>two', '<14>thre']);
  });

  test('hands on the line that a sender stopped in the middle of', async () => {
    const { endpoint } = await tcp();
    const socket = await connect(endpoint.port);
    socket.end('<14>one\n<14>tw');
    await seen(['<14>one', '<14>tw']);
  });

  test('hands on what a reset connection had sent', async () => {
    const { endpoint } = await tcp();
    const socket = await connect(endpoint.port);
    socket.write('<14>half');
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.resetAndDestroy();
    await seen(['<14>half']);
  });

  test('hands on the unfinished line of an open connection when it is closed itself', async () => {
    const input = await tcp();
    const socket = await connect(input.endpoint.port);
    socket.write('<14>one\n<14>tw');
    await seen(['<14>one']);
    await input.close();
    closers.shift();
    expect(lines).toEqual(['<14>one', '<14>tw']);
  });

  test('turns away a sender that is not admitted, and one over the cap', async () => {
    const admitted: string[] = [];
    const crowded: string[] = [];
    const closed = await tcp({ admit: (sender) => (admitted.push(sender), false) });
    const refused = await connect(closed.endpoint.port);
    await once(refused, 'close');
    expect(admitted).toEqual(['127.0.0.1']);
    const small = await tcp({ maxConnections: 1, onCrowded: (sender) => void crowded.push(sender) });
    await connect(small.endpoint.port);
    await vi.waitFor(() => expect(small.connections).toBe(1));
    await once(await connect(small.endpoint.port), 'close');
    expect([small.connections, crowded]).toEqual([1, ['127.0.0.1']]);
  });

  test('closes a connection that has been silent too long', async () => {
    const { endpoint } = await tcp({ idleMs: 50 });
    const socket = await connect(endpoint.port);
    socket.write('<14>bye');
    await once(socket, 'close');
    await seen(['<14>bye']);
  });

  test('reads nothing while it is paused, and loses nothing', async () => {
    const input = await tcp();
    const socket = await connect(input.endpoint.port);
    socket.write('<14>one\n');
    await seen(['<14>one']);
    input.pause();
    socket.write('<14>two\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(lines).toEqual(['<14>one']);
    const late = await connect(input.endpoint.port);
    late.write('<14>three\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(lines).toEqual(['<14>one']);
    input.resume();
    await vi.waitFor(() => expect([...lines].sort()).toEqual(['<14>one', '<14>three', '<14>two']));
  });

  test('says in one sentence that its port is taken, or not its machine', async () => {
    const { endpoint } = await tcp();
    const options: TcpOptions = {
      lineLimit: 1,
      maxConnections: 1,
      idleMs: 1,
      admit: () => true,
      open: () => sink,
      onCrowded: () => {},
    };
    await expect(TcpInput.open(endpoint, options)).rejects.toThrow(/for syslog over TCP is in use by another program/);
    await expect(TcpInput.open({ host: '192.0.2.1', port: 0 }, options)).rejects.toThrow(
      /is not an address of this machine/
    );
  });
});

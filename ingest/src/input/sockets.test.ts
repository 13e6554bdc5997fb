import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { RecordingIntake } from './intake.case.js';
import type { Input } from './intake.js';
import { openTcp } from './tcp.js';
import type { StreamOptions } from './tls/streams.js';
import { openUdp } from './udp.js';
import type { UdpInput } from './udp.js';

const HOST = { host: '127.0.0.1', port: 0 };
const LIMIT = 64;

const closers: (() => Promise<void> | void)[] = [];
let intake = new RecordingIntake();
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  intake = new RecordingIntake();
});

const portOf = ({ place }: Input): number => Number(place.slice(place.lastIndexOf(':') + 1));
const TCP: StreamOptions = { listen: HOST, lineLimit: LIMIT, maxConnections: 10, maxPerSender: 10, idleMs: 60_000 };

async function tcp(changes: Partial<StreamOptions> = {}): Promise<Input> {
  const input = await openTcp({ ...TCP, ...changes }, intake);
  closers.push(() => input.close());
  return input;
}

async function udp(listen = HOST): Promise<UdpInput> {
  const input = await openUdp({ listen, lineLimit: LIMIT }, intake);
  closers.push(() => input.close());
  return input;
}

async function connect(input: Input): Promise<net.Socket> {
  const socket = net.connect(portOf(input), '127.0.0.1');
  socket.on('error', () => {});
  closers.push(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

function send(input: Input, text: string): void {
  const socket = dgram.createSocket('udp4');
  socket.send(text, portOf(input), '127.0.0.1', () => socket.close());
}

const PATIENCE = { timeout: 20_000, interval: 5 };
const seen = (expected: readonly string[]): Promise<void> =>
  vi.waitFor(() => expect(intake.texts).toEqual(expected), PATIENCE);

describe('UDP', () => {
  test('takes datagrams with the address of their sender, several lines in one included', async () => {
    const input = await udp();
    send(input, '<14>one\n<14>two\n');
    await seen(['<14>one', '<14>two']);
    send(input, '<14>three');
    await seen(['<14>one', '<14>two', '<14>three']);
    expect(intake.opened, 'a sender has one place').toMatchObject([
      { input: 'udp', sender: '127.0.0.1', stamps: 'live' },
    ]);
    expect(input.receiveBuffer).toBeGreaterThan(0);
    expect(input.counts()).toEqual({ datagrams: 2 });
  });

  test('takes nothing of a sender that is not admitted', async () => {
    intake.barred.add('127.0.0.1');
    const input = await udp();
    send(input, '<14>one');
    await vi.waitFor(() => expect(input.counts()).toEqual({ datagrams: 1 }), PATIENCE);
    expect([intake.texts, intake.admitted]).toEqual([[], ['127.0.0.1']]);
  });

  test('on all addresses takes IPv4 senders by their IPv4 address', async () => {
    send(await udp({ host: '*', port: 0 }), 'x');
    await seen(['x']);
    expect(intake.opened[0]?.sender).toBe('127.0.0.1');
  });

  test('says in one sentence that its port is taken', async () => {
    const port = portOf(await udp());
    await expect(udp({ host: '127.0.0.1', port })).rejects.toThrow(
      `127.0.0.1:${port} for syslog over UDP is in use by another program`
    );
  });
});

describe('TCP', () => {
  test('takes lines and counted frames, each connection its own way', async () => {
    const input = await tcp();
    const counting = await connect(input);
    counting.write('7 <14>one8 <14>');
    await seen(['<14>one']);
    const plain = await connect(input);
    plain.write('<14>two\n');
    await seen(['<14>one', '<14>two']);
    counting.write('thre');
    await seen(['<14>one', '<14>two', '<14>thre']);
  });

  test('hands on the line that a sender stopped in the middle of', async () => {
    const socket = await connect(await tcp());
    socket.end('<14>one\n<14>tw');
    await seen(['<14>one', '<14>tw']);
  });

  test('hands on what a reset connection had sent', async () => {
    const socket = await connect(await tcp());
    socket.write('<14>half');
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.resetAndDestroy();
    await seen(['<14>half']);
  });

  test('hands on the unfinished line of an open connection when it is closed itself', async () => {
    const input = await tcp();
    const socket = await connect(input);
    socket.write('<14>one\n<14>tw');
    await seen(['<14>one']);
    await input.close();
    closers.shift();
    expect(intake.texts).toEqual(['<14>one', '<14>tw']);
  });

  test('turns away a sender that is not admitted, and one over the cap', async () => {
    const small = await tcp({ maxConnections: 1 });
    await connect(small);
    await vi.waitFor(() => expect(small.counts().connections).toBe(1), PATIENCE);
    await once(await connect(small), 'close');
    expect(small.counts()).toMatchObject({ connections: 1, crowded: 1 });
    intake.barred.add('127.0.0.1');
    const closed = await tcp();
    await once(await connect(closed), 'close');
    expect(closed.counts()).toMatchObject({ connections: 0, refused_senders: 1 });
  });

  test('closes a connection that has been silent too long', async () => {
    const socket = await connect(await tcp({ idleMs: 50 }));
    socket.write('<14>bye');
    await once(socket, 'close');
    await seen(['<14>bye']);
  });

  test('reads nothing while it is paused, and loses nothing', async () => {
    const input = await tcp();
    const socket = await connect(input);
    socket.write('<14>one\n');
    await seen(['<14>one']);
    input.pause();
    socket.write('<14>two\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(intake.texts).toEqual(['<14>one']);
    const late = await connect(input);
    late.write('<14>three\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(intake.texts).toEqual(['<14>one']);
    input.resume();
    await vi.waitFor(() => expect([...intake.texts].sort()).toEqual(['<14>one', '<14>three', '<14>two']), PATIENCE);
  });

  test('says in one sentence that its port is taken, or not its machine', async () => {
    const port = portOf(await tcp());
    await expect(tcp({ listen: { host: '127.0.0.1', port } })).rejects.toThrow(
      /for syslog over TCP is in use by another program/
    );
    await expect(tcp({ listen: { host: '192.0.2.1', port: 0 } })).rejects.toThrow(/is not an address of this machine/);
  });
});

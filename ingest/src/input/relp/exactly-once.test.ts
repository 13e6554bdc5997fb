import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Client, Server } from './world.case.js';

// The clock stands still but where a test moves it: the silences and waits of a session are then exact.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A moment of one client's life, and what befalls it then. */
interface Round {
  readonly client: number;
  /** Messages it sends, if it may. */
  readonly send: number;
  /** Bytes the server reads of it, and bytes of answers it fetches; undefined: all there are. */
  readonly read: number | undefined;
  readonly receive: number | undefined;
  readonly commit: boolean;
  /** 'lost': the client gives its connection up. The server does not know, and reads what the kernel has got of it. */
  readonly then: 'nothing' | 'lost' | 'crash';
  readonly kernelHas: number | undefined;
  readonly waitMs: number;
}

const CLIENTS = 3;

const bytes = (max: number): fc.Arbitrary<number | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(max) });

const round: fc.Arbitrary<Round> = fc.record({
  client: fc.nat(CLIENTS - 1),
  send: fc.nat(6),
  read: bytes(150),
  receive: bytes(60),
  commit: fc.boolean(),
  then: fc.oneof(
    { weight: 6, arbitrary: fc.constant('nothing' as const) },
    { weight: 2, arbitrary: fc.constant('lost' as const) },
    { weight: 1, arbitrary: fc.constant('crash' as const) }
  ),
  kernelHas: bytes(150),
  waitMs: fc.constantFrom(0, 0, 0, 30, 150, 2_500),
});

/** Runs `ms` of the server: it reads what has arrived before any of its timers fires. */
async function pass(server: Server, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 20) {
    for (const wire of server.wires) wire.deliver();
    await vi.advanceTimersByTimeAsync(Math.min(20, ms - passed));
  }
}

async function live(server: Server, client: Client, round: Round): Promise<void> {
  client.send(round.send);
  client.wire?.deliver(round.read);
  if (round.waitMs > 0) await pass(server, round.waitMs);
  if (round.commit) server.intake.commit();
  await vi.advanceTimersByTimeAsync(0);
  client.receive(round.receive ?? 100_000);
  if (round.then === 'crash') return server.crash();
  if (round.then !== 'lost') return;
  client.send(round.send);
  const { wire } = client;
  if (wire !== undefined) wire.toServer = wire.toServer.slice(0, round.kernelHas);
  client.lose();
}

/** Lets everything come to its end. */
async function finish(server: Server, clients: readonly Client[]): Promise<void> {
  for (let round = 0; !clients.every(({ done }) => done); round++) {
    if (round > 400) throw new Error('the clients never get their answers');
    for (const client of clients) client.send(9);
    await pass(server, 300);
    server.intake.commit();
    await vi.advanceTimersByTimeAsync(0);
    for (const client of clients) client.receive(100_000);
  }
}

const messagesOf = (client: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `<14>client ${client} message ${i}`);

/** Every message once, and those of a client in its order. */
function expectOnce(server: Server, sent: readonly (readonly string[])[]): void {
  const stored = server.intake.disk.lines.map(({ text }) => text);
  sent.forEach((messages, i) => expect(stored.filter((text) => text.startsWith(`<14>client ${i} `))).toEqual(messages));
  expect(stored).toHaveLength(sent.flat().length);
}

test.each([
  ['one client', 1, ['10.0.0.1']],
  ['several connections of one sender', CLIENTS, ['10.0.0.1', '10.0.0.1', '10.0.0.1']],
  ['several senders', CLIENTS, ['10.0.0.1', '10.0.0.2', '2001:db8::1']],
])(
  'every message of %s is stored exactly once, wherever connections break and the server crashes',
  async (_, count, senders) => {
    await fc.assert(
      fc.asyncProperty(fc.array(round, { maxLength: 50 }), fc.integer({ min: 1, max: 12 }), async (rounds, window) => {
        const server = new Server();
        const sent = Array.from({ length: count }, (_, i) => messagesOf(i, 40));
        const clients = sent.map(
          (messages, i) => new Client(server, senders[i] ?? '', `client ${i}`, messages, window)
        );
        for (const one of rounds) await live(server, clients[one.client % count] as Client, one);
        await finish(server, clients);
        expectOnce(server, sent);
        expect(server.counts.protocol_errors).toBe(0);
      }),
      { seed: 5, numRuns: 150 }
    );
  }
);

test('a client that died sends more of its queue again than its window holds, and none of it is stored twice', async () => {
  const server = new Server();
  const messages = messagesOf(0, 400);
  const first = new Client(server, '10.0.0.1', 'first', messages.slice(0, 300), 128);
  await finish(server, [first]);
  first.lose();
  const second = new Client(server, '10.0.0.1', 'second', messages.slice(100), 50);
  await finish(server, [second]);
  expectOnce(server, [messages]);
  expect(server.counts.repeated).toBe(200);
});

test('a window wider than what is remembered costs repetitions, never a message', async () => {
  const server = new Server();
  const messages = messagesOf(0, 3_000);
  const client = new Client(server, '10.0.0.1', 'wide', messages, 2_000);
  await finishOpening(server, client);
  client.send(2_000);
  client.wire?.deliver();
  server.intake.commit();
  await vi.advanceTimersByTimeAsync(0);
  server.crash();
  await finish(server, [client]);
  const stored = server.intake.disk.lines.map(({ text }) => text);
  expect(new Set(stored)).toEqual(new Set(messages));
  expect(stored.length).toBeGreaterThan(messages.length);
});

test('a long run of messages survives a crash at each of its writes', async () => {
  const server = new Server();
  const messages = messagesOf(0, 5_000);
  const client = new Client(server, '10.0.0.1', 'long', messages, 128);
  for (let round = 0; !client.done; round++) {
    client.send(97);
    await pass(server, 20);
    if (round % 3 === 0) server.intake.commit();
    await vi.advanceTimersByTimeAsync(0);
    if (round % 5 !== 0) client.receive(100_000);
    if (round % 11 === 10) server.crash();
    if (round > 5_000) throw new Error('the client never gets its answers');
  }
  expectOnce(server, [messages]);
  expect(server.counts.repeated).toBeGreaterThan(0);
});

async function finishOpening(server: Server, client: Client): Promise<void> {
  client.send(1);
  await pass(server, 200);
  client.receive(1_000);
}

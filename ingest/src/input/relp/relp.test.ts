import { afterEach, describe, expect, test } from 'vitest';
import type { Input } from '../intake.js';
import { Client, pauseFor, soon } from '../tls/client.case.js';
import { DiskIntake } from '../tls/disk-intake.case.js';
import { openRelp } from './relp.js';
import type { RelpOptions } from './relp.js';
import { frame, OPEN } from './world.case.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function open(
  changes: Partial<RelpOptions> = {},
  intake = new DiskIntake()
): Promise<{ input: Input; intake: DiskIntake }> {
  const input = await openRelp(
    {
      listen: { host: '127.0.0.1', port: 0 },
      lineLimit: 64,
      maxConnections: 10,
      maxPerSender: 10,
      idleMs: 60_000,
      files: undefined,
      ...changes,
    },
    intake
  );
  closers.push(() => input.close());
  return { input, intake };
}

const OPENED = '1 rsp 60 200 OK\nrelp_version=0\nrelp_software=fireplot\ncommands=syslog\n';
const OK = (txnr: number): string => `${txnr} rsp 6 200 OK\n`;

async function connect(input: Input): Promise<Client> {
  const client = await Client.connect(input.place);
  closers.push(() => client.socket.destroy());
  return client;
}

async function opened(input: Input): Promise<Client> {
  const client = await connect(input);
  client.socket.write(OPEN);
  await soon(() => expect(client.received).toBe(OPENED));
  client.received = '';
  return client;
}

describe('RELP', () => {
  test('opens, answers each message in order, and closes', async () => {
    const { input, intake } = await open();
    const client = await opened(input);
    client.socket.write(frame(2, 'syslog', '<14>one') + frame(3, 'syslog', '<14>two\n') + frame(4, 'syslog', 'a\nb'));
    await soon(() => expect(client.received).toBe(OK(2) + OK(3) + OK(4)));
    expect(intake.texts).toEqual(['<14>one', '<14>two', 'a\nb']);
    expect(intake.lines[0]?.origin).toEqual({ input: 'relp', sender: '127.0.0.1', stamps: 'live' });
    client.received = '';
    client.socket.write(frame(5, 'close'));
    await client.ended();
    expect(client.received).toBe(`${OK(5)}0 serverclose 0\n`);
  });

  test('answers nothing before it is on disk, and then all of it at once', async () => {
    const intake = new DiskIntake(undefined, { manual: true });
    const { input } = await open({}, intake);
    const client = await opened(input);
    client.socket.write(frame(2, 'syslog', 'one') + frame(3, 'syslog', 'two'));
    await soon(() => expect(intake.texts).toEqual(['one', 'two']));
    await pauseFor(50);
    expect(client.received).toBe('');
    intake.commit();
    await soon(() => expect(client.received).toBe(OK(2) + OK(3)));
  });

  test('waits with its answers while the disk takes nothing, and gives them when it does', async () => {
    const { input, intake } = await open();
    const client = await opened(input);
    intake.failure = new Error('disk full');
    client.socket.write(frame(2, 'syslog', 'one'));
    await soon(() => expect(intake.texts).toEqual(['one']));
    await pauseFor(100);
    expect(client.received).toBe('');
    intake.failure = undefined;
    await soon(() => expect(client.received).toBe(OK(2)));
  });

  test('cuts what is longer than a line may be, and answers it', async () => {
    const { input, intake } = await open();
    const client = await opened(input);
    client.socket.write(
      frame(2, 'syslog', 'x'.repeat(65)) + frame(3, 'syslog', 'y'.repeat(100_000)) + frame(4, 'syslog', 'z')
    );
    await soon(() => expect(client.received).toBe(OK(2) + OK(3) + OK(4)));
    expect(intake.lines.map(({ text, tooLong }) => `${text.length}${text[0]}${tooLong ? '…' : ''}`)).toEqual([
      '64x…',
      '64y…',
      '1z',
    ]);
  });

  test('stores once what comes again over another connection, and answers it', async () => {
    const { input, intake } = await open();
    const first = await opened(input);
    first.socket.write(frame(2, 'syslog', 'one') + frame(3, 'syslog', 'two') + frame(4, 'syslog', 'three'));
    await soon(() => expect(intake.texts).toHaveLength(3));
    first.socket.resetAndDestroy();
    const again = await opened(input);
    again.socket.write(frame(2, 'syslog', 'two') + frame(3, 'syslog', 'three') + frame(4, 'syslog', 'four'));
    await soon(() => expect(again.received).toBe(OK(2) + OK(3) + OK(4)));
    expect(intake.texts).toEqual(['one', 'two', 'three', 'four']);
    expect(input.counts()).toMatchObject({ repeated: 2 });
  });

  test('takes for new what comes again behind a proper end', async () => {
    const { input, intake } = await open();
    for (let i = 1; i <= 2; i++) {
      const client = await opened(input);
      client.socket.write(frame(2, 'syslog', 'one'));
      await soon(() => expect(client.received).toBe(OK(2)));
      client.socket.write(frame(3, 'close'));
      await client.ended();
    }
    expect(intake.texts).toEqual(['one', 'one']);
  });

  test('holds a message that begins a resend, and lets it go when something else follows', async () => {
    const { input, intake } = await open();
    const first = await opened(input);
    first.socket.write(frame(2, 'syslog', 'one') + frame(3, 'syslog', 'two'));
    await soon(() => expect(intake.texts).toHaveLength(2));
    first.socket.destroy();
    const next = await opened(input);
    next.socket.write(frame(2, 'syslog', 'one'));
    await pauseFor(100);
    expect([next.received, intake.texts]).toEqual(['', ['one', 'two']]);
    next.socket.write(frame(3, 'syslog', 'three'));
    await soon(() => expect(next.received).toBe(OK(2) + OK(3)));
    expect(intake.texts).toEqual(['one', 'two', 'one', 'three']);
  });

  test('ends an old connection that its client has given up without our hearing of it', async () => {
    const { input, intake } = await open();
    const old = await opened(input);
    old.socket.write(frame(2, 'syslog', 'one'));
    await soon(() => expect(intake.texts).toEqual(['one']));
    const next = await opened(input);
    next.socket.write(frame(2, 'syslog', 'one') + frame(3, 'syslog', 'two'));
    await soon(() => expect(next.received).toBe(OK(2) + OK(3)));
    await old.ended();
    expect(intake.texts).toEqual(['one', 'two']);
  });

  test('answers a new connection only when lines are taken again', async () => {
    const { input, intake } = await open();
    await opened(input);
    intake.held = true;
    const client = await connect(input);
    client.socket.write(OPEN);
    await pauseFor(300);
    expect(client.received).toBe('');
    intake.held = false;
    await soon(() => expect(client.received).toBe(OPENED));
  });

  test('gives the answers due and a farewell when it is closed', async () => {
    const intake = new DiskIntake(undefined, { manual: true });
    const { input } = await open({}, intake);
    const client = await opened(input);
    client.socket.write(frame(2, 'syslog', 'one'));
    await soon(() => expect(intake.texts).toEqual(['one']));
    closers.splice(0, 1);
    const closing = input.close();
    intake.commit();
    await closing;
    await client.ended();
    expect(client.received).toBe(`${OK(2)}0 serverclose 0\n`);
  });

  test('says in one sentence that its port is taken', async () => {
    const { input } = await open();
    const port = Number(input.place.split(':').at(-1));
    await expect(open({ listen: { host: '127.0.0.1', port } })).rejects.toThrow(
      /for syslog over RELP is in use by another program.* with --relp\.$/
    );
  });
});

describe('hostile RELP senders', () => {
  test.each([
    ['plain syslog', '<14>one\n', '"<" stands where a transaction number was due'],
    ['a message before it has opened', frame(1, 'syslog', 'one'), 'it sent "syslog" where "open" was due'],
    ['a transaction out of turn', OPEN + frame(3, 'syslog', 'one'), 'its transaction 3 came where 2 was due'],
    ['two openings', OPEN + frame(2, 'open', 'commands=syslog'), 'it sent "open" where a message was due'],
    ['no offer of syslog', frame(1, 'open', 'relp_version=0\ncommands=eventlog'), 'it does not offer to send syslog'],
    ['a forged length', `${OPEN}2 syslog 999999999 x`, '999999999 bytes was announced'],
    ['an unknown command', OPEN + frame(2, 'reboot'), 'it sent "other"'],
  ])('%s ends the connection, is said once and counted', async (_, text, words) => {
    const { input, intake } = await open();
    for (let i = 1; i <= 2; i++) {
      const client = await connect(input);
      client.socket.write(text);
      await client.ended();
      expect(input.counts()).toMatchObject({ protocol_errors: i, connections: 0 });
    }
    expect(intake.said).toEqual([expect.stringContaining(words)]);
    expect(intake.lines).toEqual([]);
  });

  test('what came whole before the fault is stored, and known again', async () => {
    const { input, intake } = await open();
    const client = await opened(input);
    client.socket.write(`${frame(2, 'syslog', 'one')}nonsense`);
    await client.ended();
    const again = await opened(input);
    again.socket.write(frame(2, 'syslog', 'one'));
    await soon(() => expect(again.received).toBe(OK(2)));
    expect(intake.texts).toEqual(['one']);
  });

  test('one that stops in a message, and one that sends byte by byte, take nothing from others', async () => {
    const { input, intake } = await open();
    const stopped = await opened(input);
    stopped.socket.write('2 syslog 50 half');
    const slow = await opened(input);
    for (const code of frame(2, 'syslog', 'slow')) {
      slow.socket.write(code);
      await pauseFor(2);
    }
    const good = await opened(input);
    good.socket.write(frame(2, 'syslog', 'good'));
    await soon(() => expect([good.received, slow.received]).toEqual([OK(2), OK(2)]));
    stopped.socket.destroy();
    await soon(() => expect(input.counts().connections).toBe(2));
    expect([...intake.texts].sort()).toEqual(['good', 'slow']);
  });

  test('one that opens 5,000 connections gets its share, and another one is still served', async () => {
    const { input, intake } = await open({ maxPerSender: 20, maxConnections: 100 });
    const good = await opened(input);
    for (let i = 0; i < 20; i++) {
      const some = await Promise.all(Array.from({ length: 250 }, () => Client.connect(input.place)));
      await soon(() => expect(some.filter(({ closed }) => !closed).length).toBeLessThanOrEqual(19));
      closers.push(() => some.forEach(({ socket }) => socket.destroy()));
    }
    await soon(() => expect(input.counts()).toMatchObject({ connections: 20, crowded: 4_981 }));
    expect(intake.said).toHaveLength(1);
    good.socket.write(frame(2, 'syslog', 'good'));
    await soon(() => expect(good.received).toBe(OK(2)));
  });

  test('one that fetches no answers is read no further', async () => {
    const { input, intake } = await open({ lineLimit: 1_024 });
    const client = await opened(input);
    client.socket.pause();
    let txnr = 2;
    let stuck = 0;
    for (let round = 0; stuck < 20 && round < 2_000; round++) {
      const before = intake.lines.length;
      let text = '';
      for (let i = 0; i < 2_000; i++) text += frame(txnr++, 'syslog', 'x');
      if (client.socket.writableLength < 4_000_000) client.socket.write(text);
      await pauseFor(5);
      stuck = intake.lines.length === before ? stuck + 1 : 0;
    }
    expect(stuck).toBe(20);
    client.socket.resume();
    const sent = intake.lines.length;
    await soon(() => expect(intake.lines.length).toBeGreaterThan(sent));
  });
});

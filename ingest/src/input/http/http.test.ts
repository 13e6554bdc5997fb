import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Input } from '../intake.js';
import { CertificateMaker, hasOpenssl } from '../tls/certificates.case.js';
import { Client, pauseFor, soon } from '../tls/client.case.js';
import { DiskIntake } from '../tls/disk-intake.case.js';
import { openHttp } from './http.js';
import type { HttpOptions } from './http.js';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'fireplot-http-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const MAX = 100_000;

async function open(
  changes: Partial<HttpOptions> = {},
  intake = new DiskIntake()
): Promise<{ input: Input; intake: DiskIntake; url: string }> {
  const input = await openHttp(
    {
      listen: { host: '127.0.0.1', port: 0 },
      lineLimit: 64,
      maxConnections: 10,
      maxPerSender: 10,
      idleMs: 60_000,
      token: '',
      tokenFile: '',
      files: undefined,
      maxBytes: MAX,
      ...changes,
    },
    intake
  );
  closers.push(() => input.close());
  return { input, intake, url: input.place };
}

const hostOf = (url: string): string => new URL(url).host;

async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {}
): Promise<{ status: number; answer: Record<string, unknown>; headers: Headers }> {
  const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'text/plain', ...headers } });
  return {
    status: response.status,
    answer: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  };
}

describe('a body', () => {
  test.each([
    ['plain lines', 'text/plain', 'one\ntwo\n', ['one', 'two']],
    [
      'lines with CRLF, empty lines and a last one without its end',
      'text/plain; charset=utf-8',
      'one\r\n\r\n\ntwo',
      ['one', 'two'],
    ],
    ['lines behind a byte order mark', '', '\ufeffone\n', ['one']],
    ['JSON lines', 'application/x-ndjson', '{"a":1}\n{"b":[2]}\n', ['{"a":1}', '{"b":[2]}']],
    [
      'a JSON array',
      'application/json',
      ' [ {"a": 12345678901234567890} , "two\\u0021",\n{"b":\n {"c":"]"}} ] \n',
      ['{"a": 12345678901234567890}', 'two!', '{"b": {"c":"]"}}'],
    ],
    ['one JSON object', 'application/json', '{"a":1}', ['{"a":1}']],
    [
      'JSON objects a line, by a sender that calls them JSON',
      'application/json',
      '{"a":1}\n{"b":2}\n',
      ['{"a":1}', '{"b":2}'],
    ],
    ['an empty JSON array', 'application/json', '[]', []],
    ['nothing', 'text/plain', '', []],
  ])('may be %s', async (_, type, body, expected) => {
    const { url, intake } = await open();
    expect(await post(url, body, { 'content-type': type })).toMatchObject({
      status: 200,
      answer: { accepted: expected.length },
    });
    expect(intake.disk.lines.map(({ text }) => text)).toEqual(expected);
  });

  test('is cut at the line limit, line by line', async () => {
    const { url, intake } = await open();
    await post(url, `${'x'.repeat(65)}\n${'y'.repeat(64)}\n`);
    await post(url, JSON.stringify([`z`.repeat(70)]), { 'content-type': 'application/json' });
    expect(intake.lines.map(({ text, tooLong }) => `${text.length}${text[0]}${tooLong ? '…' : ''}`)).toEqual([
      '64x…',
      '64y',
      '64z…',
    ]);
  });

  test('may be packed by gzip, in several members too', async () => {
    const { url, intake } = await open();
    const body = new Uint8Array(Buffer.concat([gzipSync('one\n'), gzipSync('two\n')]));
    expect(await post(url, body, { 'content-encoding': 'gzip' })).toMatchObject({ answer: { accepted: 2 } });
    expect(intake.texts).toEqual(['one', 'two']);
  });

  test.each([
    ['an array that does not end', '[{"a":1}', 'element 2, byte 8: a comma or ] is missing'],
    ['an object that does not end', '[{"a":1', 'element 1, byte 7: an object does not end'],
    ['a number', '[1]', 'an object or a text was due'],
    ['brackets that cross', '[{"a":[}]]', 'a bracket closes what another opened'],
    ['a text with an escape that is none', '["\\x"]', 'is no text'],
    ['more behind the array', '[] []', 'more stands behind its end'],
    ['an array behind an object', '{} []', 'an object or a text was due'],
    ['depth', `[${'{"a":'.repeat(65)}1${'}'.repeat(65)}]`, 'nested deeper than 64'],
    ['endless brackets', '['.repeat(MAX), 'an object or a text was due'],
    ['endless brackets in an object', `[{"a":${'['.repeat(MAX - 10)}`, 'nested deeper than 64'],
  ])('that is JSON with %s is refused, and none of it stored', async (_, body, words) => {
    const { url, intake } = await open();
    const { status, answer } = await post(url, body, { 'content-type': 'application/json' });
    expect([status, answer.error]).toEqual([400, expect.stringContaining(words)]);
    expect(intake.lines).toEqual([]);
  });

  test.each([
    ['no gzip', Buffer.from('plain')],
    ['cut gzip', gzipSync('one\n'.repeat(100)).subarray(0, 20)],
  ])('that is announced as gzip and is %s is refused', async (_, body) => {
    const { url, intake } = await open();
    const { status, answer } = await post(url, new Uint8Array(body), { 'content-encoding': 'gzip' });
    expect([status, answer.error]).toEqual([400, expect.stringMatching(/^The body is no whole gzip data \(.+\)\.$/)]);
    expect(intake.lines).toEqual([]);
  });

  test('that is too long is refused: announced so, found so, or unpacked', async () => {
    const { url, intake } = await open();
    const long = 'x'.repeat(MAX + 1);
    const stream = new ReadableStream({
      start: (controller) => {
        controller.enqueue(Buffer.from(long));
        controller.close();
      },
    });
    const chunked = await fetch(url, { method: 'POST', body: stream, duplex: 'half' } as RequestInit);
    expect(chunked.status).toBe(413);
    expect((await post(url, long)).status).toBe(413);
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(50 * 1024 * 1024)));
    const { status, answer } = await post(url, bomb, { 'content-encoding': 'gzip' });
    expect([status, answer.error]).toEqual([
      413,
      `The body is longer than ${MAX} bytes unpacked: send fewer lines at once.`,
    ]);
    expect(intake.lines).toEqual([]);
    expect(await post(url, 'still served')).toMatchObject({ status: 200 });
  });

  test('that is cut off in the middle stores nothing', async () => {
    const { input, url, intake } = await open();
    const client = await Client.connect(hostOf(url));
    client.socket.write('POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\none\ntwo\nthr');
    await soon(() => expect(input.counts().requests).toBe(1));
    client.socket.destroy();
    await soon(() => expect(input.counts().refused_requests).toBe(0));
    await soon(() => expect(input.counts().connections).toBe(0));
    expect(intake.lines).toEqual([]);
  });
});

describe('a request', () => {
  test.each([
    ['to another path', '/v1/other', 'POST', {}, 404, {}],
    ['by GET', '', 'GET', {}, 405, { allow: 'POST' }],
    ['of a form', '', 'POST', { 'content-type': 'application/x-www-form-urlencoded' }, 415, {}],
    ['packed otherwise', '', 'POST', { 'content-encoding': 'zstd' }, 415, { 'accept-encoding': 'gzip' }],
    ['of a web page', '', 'POST', { origin: 'http://evil.example' }, 403, {}],
    ['with a key that is too long', '', 'POST', { 'idempotency-key': 'k'.repeat(256) }, 400, {}],
  ])('%s is refused', async (_, other, method, headers, status, answered) => {
    const { url, intake } = await open();
    const at = other === '' ? url : new URL(other, url);
    const body = method === 'GET' ? {} : { body: 'one' };
    const response = await fetch(at, { method, ...body, headers: { 'content-type': 'text/plain', ...headers } });
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject(answered);
    expect(await response.json()).toEqual({ error: expect.stringMatching(/^[A-Z].+\.$/) as string });
    expect(intake.lines).toEqual([]);
  });

  test('without the length of its body is refused', async () => {
    const { url } = await open();
    const client = await Client.connect(hostOf(url));
    client.socket.write('POST /v1/events HTTP/1.1\r\nHost: x\r\n\r\n');
    await soon(() => expect(client.received).toMatch(/^HTTP\/1\.1 411 /));
  });

  test('is answered when its lines are on disk, and not before', async () => {
    const intake = new DiskIntake(undefined, { manual: true });
    const { url } = await open({}, intake);
    let answered = false;
    const posting = post(url, 'one\n').finally(() => void (answered = true));
    await soon(() => expect(intake.texts).toEqual(['one']));
    await pauseFor(50);
    expect(answered).toBe(false);
    const committing = setInterval(() => intake.commit(), 5);
    closers.push(() => clearInterval(committing));
    expect(await posting).toMatchObject({ status: 200, answer: { accepted: 1 } });
  });

  test('whose lines cannot be put on disk is told to try again, and then stored once', async () => {
    const { url, intake } = await open();
    intake.failure = new Error('disk full');
    const { status, headers } = await post(url, 'one\ntwo\n');
    expect([status, headers.get('retry-after')]).toEqual([503, '10']);
    intake.failure = undefined;
    expect(await post(url, 'one\ntwo\n')).toMatchObject({ status: 200, answer: { accepted: 2 } });
    expect(intake.disk.lines.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  test('comes at a bad time: 429 while lines are held back or the sender must rest', async () => {
    const { input, url, intake } = await open();
    const statusOf = async (): Promise<[number, string | null]> => {
      const { status, headers } = await post(url, 'one');
      return [status, headers.get('retry-after')];
    };
    intake.held = true;
    expect(await statusOf()).toEqual([429, '5']);
    intake.held = false;
    input.pause();
    expect(await statusOf()).toEqual([429, '5']);
    input.resume();
    intake.restMs = 2_400;
    expect(await statusOf()).toEqual([429, '3']);
    intake.restMs = 0;
    expect(await statusOf()).toEqual([200, null]);
    expect(input.counts()).toMatchObject({ held_requests: 3, refused_requests: 3, requests: 4 });
  });

  test('that waits for leave to send its body gets it, or its refusal', async () => {
    const { url, intake } = await open();
    const head = 'POST /v1/events HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ';
    const client = await Client.connect(hostOf(url));
    client.socket.write(`${head}4\r\n\r\n`);
    await soon(() => expect(client.received).toContain('HTTP/1.1 100 Continue'));
    client.socket.write('one\n');
    await soon(() => expect(client.received).toContain('{"accepted":1}'));
    const long = await Client.connect(hostOf(url));
    long.socket.write(`${head}${MAX + 1}\r\n\r\n`);
    await soon(() => expect(long.received).toMatch(/^HTTP\/1\.1 413 /));
    expect(intake.texts).toEqual(['one']);
  });

  test.skipIf(!hasOpenssl)('may come by HTTPS', async () => {
    const make = new CertificateMaker(folder);
    const ca = make.authority('ca');
    const pair = make.signed('server', ca, ['IP:127.0.0.1']);
    const { url, intake } = await open({ files: { ...pair, clientCa: '', clientNames: [] }, headMs: 300 });
    expect(url).toMatch(/^https:/);
    const status = await new Promise((resolve, reject) => {
      const request = https.request(url, { method: 'POST', ca: readFileSync(ca.cert), agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject).end('one\n');
    });
    expect([status, intake.texts]).toEqual([200, ['one']]);
  });
});

describe('a token', () => {
  test('is asked for, said once a sender, and makes stamps believed', async () => {
    const { input, url, intake } = await open({ token: 'secret-1' });
    for (const authorization of ['', 'Bearer', 'Bearer secret-2', 'Basic secret-1', 'secret-1']) {
      const { status, headers } = await post(url, 'one', authorization === '' ? {} : { authorization });
      expect([status, headers.get('www-authenticate')], authorization).toEqual([401, 'Bearer']);
    }
    expect(input.counts().unauthorized).toBe(5);
    expect(intake.said).toHaveLength(1);
    expect(intake.said.join()).not.toContain('secret');
    expect(await post(url, 'one', { authorization: 'bearer secret-1' })).toMatchObject({ status: 200 });
    expect(intake.lines[0]?.origin).toEqual({ input: 'http', sender: '127.0.0.1', stamps: 'believed' });
  });

  test('without one, stamps are those of live lines', async () => {
    const { url, intake } = await open();
    await post(url, 'one');
    expect(intake.lines[0]?.origin.stamps).toBe('live');
  });

  test('may lie in a file, which is read again when it changes', async () => {
    const tokenFile = path.join(folder, 'token');
    const write = (text: string, age: number): void => {
      writeFileSync(tokenFile, text);
      utimesSync(tokenFile, age, age);
    };
    await expect(open({ tokenFile })).rejects.toThrow(/http_input\.token_file: .*token cannot be read/);
    write('two words', 1);
    await expect(open({ tokenFile })).rejects.toThrow('must hold the token alone');
    write('old\n', 2);
    const { url } = await open({ tokenFile });
    const statusOf = async (token: string): Promise<number> =>
      (await post(url, token, { authorization: `Bearer ${token}` })).status;
    expect(await statusOf('old')).toBe(200);
    write('new\n', 3);
    await soon(async () => expect(await statusOf('new')).toBe(200));
    expect(await statusOf('old')).toBe(401);
    rmSync(tokenFile);
    await pauseFor(1_100);
    expect(await statusOf('new')).toBe(200);
  });
});

describe('hostile senders', () => {
  test('a slow one is ended: in its head, and in its body', async () => {
    const { url, intake } = await open({ headMs: 150, requestMs: 300 });
    const slow = await Client.connect(hostOf(url));
    slow.socket.write('POST /v1/events HTTP/1.1\r\n');
    const body = await Client.connect(hostOf(url));
    body.socket.write('POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n');
    const drip = setInterval(() => body.socket.write('x'), 20);
    closers.push(() => clearInterval(drip));
    await slow.ended();
    expect(slow.received).toMatch(/^HTTP\/1\.1 408 /);
    await body.ended();
    expect(intake.lines).toEqual([]);
    expect(await post(url, 'one')).toMatchObject({ status: 200 });
  });

  test('connections over the cap are turned away and counted, and others go on', async () => {
    const { input, url, intake } = await open({ maxPerSender: 3 });
    const kept = [
      await Client.connect(hostOf(url)),
      await Client.connect(hostOf(url)),
      await Client.connect(hostOf(url)),
    ];
    for (let i = 0; i < 5; i++) await (await Client.connect(hostOf(url))).ended();
    expect(input.counts()).toMatchObject({ connections: 3, crowded: 5 });
    kept[0]?.socket.write('POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\none');
    await soon(() => expect(kept[0]?.received).toContain('{"accepted":1}'));
    expect(intake.texts).toEqual(['one']);
  });

  test.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['two lengths', 'POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\none'],
    [
      'length and chunks',
      'POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a head without end', `POST /v1/events HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`],
  ])('%s is ended', async (_, text) => {
    const { url, intake } = await open();
    const client = await Client.connect(hostOf(url));
    client.socket.write(text);
    await client.ended();
    expect(client.received).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(intake.lines).toEqual([]);
  });
});

test('answers what it has when it is closed, and cuts off what is not whole', async () => {
  const intake = new DiskIntake(undefined, { manual: true });
  const { input, url } = await open({}, intake);
  const half = await Client.connect(hostOf(url));
  half.socket.write('POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
  await soon(() => expect(input.counts().requests).toBe(1));
  const posting = post(url, 'one\n');
  await soon(() => expect(intake.texts).toEqual(['one']));
  closers.splice(0);
  const closing = input.close();
  await half.ended();
  intake.commit();
  expect(await posting).toMatchObject({ status: 200 });
  await closing;
  expect(intake.disk.lines.map(({ text }) => text)).toEqual(['one']);
});

test('says in one sentence that its port is taken', async () => {
  const { url } = await open();
  await expect(open({ listen: { host: '127.0.0.1', port: Number(new URL(url).port) } })).rejects.toThrow(
    /for lines over HTTP is in use by another program.* with --http-input\.$/
  );
});

import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Input } from '../intake.js';
import { DiskIntake } from './disk-intake.case.js';
import { CertificateMaker, fingerprintOf, hasOpenssl } from './certificates.case.js';
import type { Pair } from './certificates.case.js';
import { readCertificates, watchCertificates } from './certificates.js';
import type { TlsFiles } from './certificates.js';
import { Client, pauseFor, portOf, soon } from './client.case.js';
import { openTls } from './tls.js';
import type { TlsOptions } from './tls.js';

if (!hasOpenssl) console.warn('TLS is not tested: there is no openssl to make certificates.'); // eslint-disable-line no-console

let folder: string;
let ca: Pair, server: Pair, renewed: Pair, fw1: Pair, stranger: Pair;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fireplot-tls-'));
  if (!hasOpenssl) return;
  const make = new CertificateMaker(folder);
  ca = make.authority('authority');
  server = make.signed('server', ca, ['DNS:localhost', 'IP:127.0.0.1']);
  renewed = make.signed('renewed', ca, ['DNS:localhost', 'IP:127.0.0.1']);
  fw1 = make.signed('fw1', ca, ['DNS:fw1.example.net', 'DNS:fw1']);
  stranger = make.authority('stranger');
});
afterAll(() => rmSync(folder, { recursive: true }));

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function open(
  changes: Partial<TlsOptions> = {},
  files: Partial<TlsFiles> = {},
  intake = new DiskIntake()
): Promise<{ input: Input; intake: DiskIntake }> {
  const input = await openTls(
    {
      listen: { host: '127.0.0.1', port: 0 },
      lineLimit: 64,
      maxConnections: 10,
      maxPerSender: 10,
      idleMs: 60_000,
      files: { ...server, clientCa: '', clientNames: [], ...files },
      ...changes,
    },
    intake
  );
  closers.push(() => input.close());
  return { input, intake };
}

async function connect(input: Input, options: tls.ConnectionOptions = {}, own?: Pair): Promise<Client> {
  const identity = own === undefined ? {} : { cert: readFileSync(own.cert), key: readFileSync(own.key) };
  const socket = tls.connect({
    port: portOf(input.place),
    host: '127.0.0.1',
    ca: readFileSync(ca.cert),
    ...identity,
    ...options,
  });
  const client = new Client(socket);
  closers.push(() => socket.destroy());
  await Promise.race([once(socket, 'secureConnect'), new Promise((resolve) => socket.once('close', resolve))]).catch(
    () => {}
  );
  return client;
}

describe.skipIf(!hasOpenssl)('TLS', () => {
  test('takes counted frames and plain lines of senders that trust its certificate', async () => {
    const { input, intake } = await open();
    const counting = await connect(input);
    counting.socket.write('7 <14>one8 <14>two\n');
    await soon(() => expect(intake.texts).toEqual(['<14>one', '<14>two']));
    const plain = await connect(input);
    plain.socket.end('<14>three\r\n<14>four');
    await soon(() => expect(intake.texts.slice(2)).toEqual(['<14>three', '<14>four']));
    expect(intake.lines[0]?.origin).toEqual({ input: 'tls', sender: '127.0.0.1', stamps: 'live' });
  });

  test.each([
    ['plain syslog', '<14>one\n'.repeat(50)],
    ['HTTP', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('ends %s, says so once, and counts it each time', async (_, text) => {
    const { input, intake } = await open();
    for (let i = 1; i <= 2; i++) {
      const client = await Client.connect(input.place);
      client.socket.write(text);
      await client.ended();
      await soon(() => expect(input.counts().failed_handshakes).toBe(i));
    }
    expect(intake.said).toHaveLength(1);
    expect(intake.said[0]).toMatch(
      /^A tls connection of 127\.0\.0\.1 was ended: it (?:does not speak TLS|speaks HTTP, not TLS)\.$/
    );
    expect(intake.texts).toEqual([]);
  });

  test('takes no version of TLS below 1.2', async () => {
    const { input, intake } = await open();
    const client = await connect(input, { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' });
    await client.ended();
    expect((await connect(input, { maxVersion: 'TLSv1.2' })).closed).toBe(false);
    await soon(() => expect(intake.said.join()).toMatch(/older than 1\.2|TLS handshake failed/));
  });

  describe('with client certificates', () => {
    const asking = (clientNames: string[] = []): Partial<TlsFiles> => ({ clientCa: ca.cert, clientNames });

    test.each([
      ['the CA has signed', () => asking()],
      ['a name lists', () => asking(['other', 'FW1.example.net'])],
      ['a name with * covers', () => asking(['*.example.net'])],
      ['a fingerprint lists, without a CA', () => ({ clientNames: [`SHA256:${fingerprintOf(fw1)}`] })],
    ])('takes one that %s', async (_, files) => {
      const { input, intake } = await open({}, files());
      const client = await connect(input, {}, fw1);
      client.socket.write('<14>one\n');
      await soon(() => expect(intake.texts).toEqual(['<14>one']));
    });

    test.each([
      ['none', () => asking(), () => undefined, 'it shows no certificate'],
      ['one of another CA', () => asking(), () => stranger, 'its certificate is not one that tls.client_ca has signed'],
      [
        'one by another name',
        () => asking(['fw2.example.net']),
        () => fw1,
        'lists neither "fw1.example.net", "fw1" nor SHA256:',
      ],
      ['one whose common name alone fits', () => asking(['*.net']), () => fw1, 'lists neither'],
    ])('ends a sender that shows %s, and says why once', async (_, files, own, words) => {
      const { input, intake } = await open({}, files());
      for (let i = 1; i <= 2; i++) {
        const client = await connect(input, {}, own());
        client.socket.write('<14>one\n');
        await client.ended();
        await soon(() => expect(input.counts()).toMatchObject({ failed_handshakes: i, connections: 0 }));
      }
      expect(intake.said).toHaveLength(1);
      expect(intake.said[0]).toContain(words);
      expect(intake.texts).toEqual([]);
    });
  });

  describe('certificate files', () => {
    const watched = (): { files: TlsFiles; use: (pair: Partial<Pair>) => void } => {
      const files = {
        cert: path.join(folder, 'live.pem'),
        key: path.join(folder, 'live.key'),
        clientCa: '',
        clientNames: [],
      };
      let age = 1_000;
      const use = (pair: Partial<Pair>): void => {
        for (const part of ['cert', 'key'] as const) {
          const from = pair[part];
          if (from === undefined) continue;
          copyFileSync(from, files[part]);
          utimesSync(files[part], age, ++age); // file systems may count whole seconds only
        }
      };
      use(server);
      return { files, use };
    };

    test('are read again when they change, once both fit', async () => {
      const { files, use } = watched();
      const certs: string[] = [];
      const troubles: string[] = [];
      const take = ({ cert }: { cert?: unknown }): void => void certs.push(String(cert));
      closers.push(watchCertificates(files, take, (sentence) => troubles.push(sentence), 10));
      await pauseFor(50);
      expect(certs).toEqual([]);
      use({ cert: renewed.cert });
      await soon(() => expect(troubles).toHaveLength(1));
      expect(troubles[0]).toMatch(
        /cannot be used: tls: the key in .*live\.key is not that of the certificate in .*live\.pem\.$/
      );
      use({ key: renewed.key });
      await soon(() => expect(certs).toEqual([readFileSync(renewed.cert, 'utf8')]));
      expect(troubles).toHaveLength(1);
    });

    test('that are missing or no certificates end the start in one sentence', async () => {
      const { files, use } = watched();
      await expect(open({}, { cert: path.join(folder, 'none.pem') })).rejects.toThrow(
        /tls\.cert: .*none\.pem does not exist: /
      );
      use({ key: fw1.key });
      expect(() => readCertificates(files)).toThrow('is not that of the certificate');
      writeFileSync(files.cert, 'no certificate');
      expect(() => readCertificates(files)).toThrow(/holds no usable PEM certificate or key/);
    });
  });

  describe('hostile senders', () => {
    test('connections over the cap of a sender or of all are turned away, said once and counted', async () => {
      for (const caps of [{ maxPerSender: 2 }, { maxConnections: 2 }]) {
        const { input, intake } = await open(caps);
        const kept = [await connect(input), await connect(input)];
        for (let i = 0; i < 3; i++) await (await Client.connect(input.place)).ended();
        expect(input.counts()).toMatchObject({ connections: 2, crowded: 3 });
        expect(intake.said).toHaveLength(1);
        kept[0]?.socket.write('<14>still served\n');
        await soon(() => expect(intake.texts).toEqual(['<14>still served']));
        kept[1]?.socket.destroy();
        await soon(() => expect(input.counts().connections).toBe(1));
        (await connect(input)).socket.write('<14>room again\n');
        await soon(() => expect(intake.texts).toContain('<14>room again'));
      }
    });

    test('a sender that may not send is turned away before the handshake', async () => {
      const intake = new DiskIntake();
      intake.barred.add('127.0.0.1');
      const { input } = await open({}, {}, intake);
      await (await Client.connect(input.place)).ended();
      expect(input.counts()).toMatchObject({ refused_senders: 1, failed_handshakes: 0 });
    });

    test('one that stops mid-line and one without a line end take nothing from others', async () => {
      const { input, intake } = await open();
      const stopped = await connect(input);
      stopped.socket.write('<14>ha');
      const endless = await connect(input);
      for (let i = 0; i < 64; i++) endless.socket.write('x'.repeat(64 * 1024));
      const good = await connect(input);
      good.socket.write('<14>good\n');
      await soon(() => expect(intake.texts).toEqual(expect.arrayContaining(['<14>good', 'x'.repeat(64)])));
      expect(intake.lines).toHaveLength(2);
      endless.socket.write('\n<14>after it\n');
      stopped.socket.write('lf\n');
      await soon(() => expect(intake.texts).toEqual(expect.arrayContaining(['<14>after it', '<14>half'])));
    });

    test('a silent connection is closed, and what it left is a line', async () => {
      const { input, intake } = await open({ idleMs: 100 });
      const client = await connect(input);
      client.socket.write('<14>bye');
      await client.ended();
      await soon(() => expect(intake.texts).toEqual(['<14>bye']));
    });
  });

  test('reads nothing while it is paused or a sender rests, and loses nothing', async () => {
    const { input, intake } = await open();
    const client = await connect(input);
    client.socket.write('<14>one\n');
    await soon(() => expect(intake.texts).toEqual(['<14>one']));
    input.pause();
    client.socket.write('<14>two\n');
    await pauseFor(100);
    expect(intake.texts).toEqual(['<14>one']);
    intake.restMs = 300;
    input.resume();
    await soon(() => expect(intake.texts).toEqual(['<14>one', '<14>two']));
    client.socket.write('<14>three\n');
    await soon(() => expect(intake.texts).toEqual(['<14>one', '<14>two', '<14>three']));
  });

  test('hands on what it has read when it is closed', async () => {
    const { input, intake } = await open();
    const client = await connect(input);
    client.socket.write('<14>one\n<14>tw');
    await soon(() => expect(intake.texts).toEqual(['<14>one']));
    closers.splice(closers.length - 2, 1);
    await input.close();
    expect(intake.texts).toEqual(['<14>one', '<14>tw']);
    await client.ended();
  });

  test('says in one sentence that its port is taken', async () => {
    const { input } = await open();
    const listen = { host: '127.0.0.1', port: portOf(input.place) };
    await expect(open({ listen })).rejects.toThrow(/for syslog over TLS is in use by another program.* with --tls\.$/);
  });
});

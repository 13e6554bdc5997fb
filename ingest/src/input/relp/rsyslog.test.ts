import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Input } from '../intake.js';
import { CertificateMaker, hasOpenssl } from '../tls/certificates.case.js';
import type { TlsFiles } from '../tls/certificates.js';
import { pauseFor, portOf, soon } from '../tls/client.case.js';
import { DiskIntake } from '../tls/disk-intake.case.js';
import { openTls } from '../tls/tls.js';
import { openRelp } from './relp.js';
import { Rsyslog, RSYSLOG, rsyslogHas } from './rsyslog.case.js';

const SKIPPED = 'RELP is not tested with rsyslog: there is none with omrelp (FIREPLOT_RIVALS may name a folder).';
// eslint-disable-next-line no-console
if (RSYSLOG === undefined) console.warn(SKIPPED);

let folder: string;
const closers: (() => unknown)[] = [];
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'fireplot-rsyslog-'))));
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true });
});

const STREAM = {
  listen: { host: '127.0.0.1', port: 0 },
  lineLimit: 8_192,
  maxConnections: 20,
  maxPerSender: 20,
  idleMs: 60_000,
};

/** A place that stays while servers behind it come and go, and that can cut connections. */
class Relay {
  /** Where connections are led; undefined: nowhere, they are ended. */
  target: number | undefined;
  readonly #sockets = new Set<net.Socket>();
  readonly #server = net.createServer((from) => this.#lead(from));

  static async open(): Promise<Relay> {
    const relay = new Relay();
    await new Promise<void>((resolve) => relay.#server.listen(0, '127.0.0.1', resolve));
    closers.push(() => relay.close());
    return relay;
  }

  get port(): number {
    return (this.#server.address() as net.AddressInfo).port;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  close(): void {
    this.#server.close();
    this.cut();
  }

  #lead(from: net.Socket): void {
    if (this.target === undefined) return void from.resetAndDestroy();
    const to = net.connect(this.target, '127.0.0.1');
    for (const [socket, other] of [
      [from, to],
      [to, from],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}

const follow = (file: string): string => `
module(load="imfile" mode="inotify")
input(type="imfile" file="${file}" tag="fw" freshStartTail="off")
template(name="raw" type="string" string="%msg%")
`;

const linesOf = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `<4>Nov 22 00:00:00 fw kernel: DROP number ${from + i}`);

describe.skipIf(RSYSLOG === undefined)('rsyslog', () => {
  test('by omrelp loses and doubles nothing while connections are cut and the server crashes', async () => {
    const file = path.join(folder, 'fw.log');
    const lines = linesOf(0, 1_500);
    writeFileSync(file, '');
    const relay = await Relay.open();
    let intake = new DiskIntake(undefined, { manual: true });
    let input: Input = await openRelp({ ...STREAM, files: undefined }, intake);
    relay.target = portOf(input.place);
    const committing = setInterval(() => intake.commit(), 15);
    closers.push(() => clearInterval(committing));
    closers.push(() => input.close());
    const rsyslog = new Rsyslog(
      folder,
      `${follow(file)}
module(load="omrelp")
action(type="omrelp" target="127.0.0.1" port="${relay.port}" template="raw" timeout="20" windowSize="64"
       action.resumeRetryCount="-1" action.resumeInterval="1" queue.type="linkedList" queue.size="10000")`
    );
    closers.push(() => rsyslog.stop());
    for (let round = 0; round < 5; round++) {
      appendFileSync(
        file,
        lines
          .slice(round * 300, (round + 1) * 300)
          .map((line) => `${line}\n`)
          .join('')
      );
      await soon(() => expect(intake.lines.length, rsyslog.stderr).toBeGreaterThan(round * 300));
      await pauseFor((round * 7) % 20);
      if (round % 2 === 0) {
        relay.cut();
        continue;
      }
      // The process dies: what is not on disk is gone, and another one takes its place.
      const old = input;
      relay.target = undefined;
      relay.cut();
      intake = new DiskIntake(intake.disk, { manual: true });
      input = await openRelp({ ...STREAM, files: undefined }, intake);
      relay.target = portOf(input.place);
      await old.close();
    }
    await soon(() => expect(intake.disk.lines.length, rsyslog.stderr).toBeGreaterThanOrEqual(lines.length));
    await pauseFor(200);
    expect(intake.disk.lines.map(({ text }) => text.trim())).toEqual(lines);
    expect(input.counts().protocol_errors).toBe(0);
  });

  test.skipIf(!hasOpenssl).each([
    ['omrelp over TLS', 'omrelp', true],
    ['omfwd over TLS', 'lmnsd_ossl', true],
    ['omfwd over TLS without a certificate', 'lmnsd_ossl', false],
  ])('by %s is taken, or ended and told why', async (_, module, shows) => {
    if (!rsyslogHas(module)) return void console.warn(`rsyslog has no ${module} here.`); // eslint-disable-line no-console
    const make = new CertificateMaker(folder);
    const ca = make.authority('ca');
    const server = make.signed('server', ca, ['DNS:localhost', 'IP:127.0.0.1']);
    const client = make.signed('client', ca, ['DNS:fw1.example.net']);
    const files: TlsFiles = { ...server, clientCa: ca.cert, clientNames: ['*.example.net'] };
    const intake = new DiskIntake();
    const relp = module === 'omrelp';
    const input = relp ? await openRelp({ ...STREAM, files }, intake) : await openTls({ ...STREAM, files }, intake);
    closers.push(() => input.close());
    const file = path.join(folder, 'fw.log');
    writeFileSync(
      file,
      linesOf(0, 3)
        .map((line) => `${line}\n`)
        .join('')
    );
    const target = `target="127.0.0.1" port="${portOf(input.place)}" template="raw" action.resumeRetryCount="-1" action.resumeInterval="1"`;
    const own = shows
      ? `defaultNetstreamDriverCertFile="${client.cert}" defaultNetstreamDriverKeyFile="${client.key}"`
      : '';
    const config = relp
      ? `module(load="omrelp" tls.tlslib="openssl")
action(type="omrelp" ${target} tls="on" tls.caCert="${ca.cert}" tls.myCert="${client.cert}" tls.myPrivKey="${client.key}"
       tls.authMode="certvalid")`
      : `global(defaultNetstreamDriverCAFile="${ca.cert}" ${own})
action(type="omfwd" protocol="tcp" ${target} TCP_Framing="octet-counted" streamDriver="ossl" streamDriverMode="1"
       streamDriverAuthMode="x509/certvalid")`;
    const rsyslog = new Rsyslog(folder, follow(file) + config);
    closers.push(() => rsyslog.stop());
    if (shows)
      await soon(() =>
        expect(
          intake.texts.map((text) => text.trim()),
          rsyslog.stderr
        ).toEqual(linesOf(0, 3))
      );
    else {
      await soon(() => expect(intake.said.join(), rsyslog.stderr).toContain('it shows no certificate'));
      expect(intake.texts).toEqual([]);
    }
  });
});

import type { Socket } from 'node:net';
import tls from 'node:tls';
import { peerAddress } from '../endpoint.js';
import type { InputName, Intake } from '../intake.js';
import { readCertificates, watchCertificates } from './certificates.js';
import type { TlsFiles } from './certificates.js';
import { Once } from './once.js';
import { isNamed, namesOf, parseClientName } from './peer.js';
import type { ClientName } from './peer.js';

const HANDSHAKE_MS = 10_000;

/** Turns admitted connections into encrypted ones of senders that may send; says once a sender why one may not. */
export class Handshake {
  readonly #server: tls.Server;
  readonly #unwatch: () => void;
  readonly #allowed: readonly ClientName[];
  readonly #files: TlsFiles;
  readonly #intake: Intake;
  readonly #input: InputName;
  readonly #once = new Once();
  /** Handshakes that failed, and certificates that may not send. */
  failed = 0;

  /**
   * @param onSecure gets each connection whose sender has been verified
   * @throws UserError when the certificates cannot be used
   */
  constructor(files: TlsFiles, intake: Intake, input: InputName, onSecure: (socket: tls.TLSSocket) => void) {
    this.#files = files;
    this.#intake = intake;
    this.#input = input;
    this.#allowed = files.clientNames.map(parseClientName);
    this.#server = tls.createServer({
      ...readCertificates(files),
      handshakeTimeout: HANDSHAKE_MS,
      requestCert: files.clientCa !== '' || this.#allowed.length > 0,
      rejectUnauthorized: false, // judged in #judge, which can say why
    });
    this.#server.on('secureConnection', (socket) => {
      socket.on('error', () => {});
      const fault = this.#judge(socket);
      if (fault === undefined) return onSecure(socket);
      this.#fail(socket, fault);
      socket.destroy();
    });
    this.#server.on('tlsClientError', (error, socket) => this.#fail(socket, handshakeFault(error)));
    this.#unwatch = watchCertificates(
      files,
      (options) => {
        this.#server.setSecureContext(options);
        intake.say('info', 'The certificates have changed: new connections get the new ones.');
      },
      (sentence) => intake.say('warn', sentence)
    );
  }

  /** Takes over a connection that the gate has let in. */
  begin(socket: Socket): void {
    this.#server.emit('connection', socket);
  }

  close(): void {
    this.#unwatch();
  }

  /** What is wrong with the sender's certificate, if anything is. */
  #judge(socket: tls.TLSSocket): string | undefined {
    const { clientCa } = this.#files;
    if (clientCa === '' && this.#allowed.length === 0) return undefined;
    const certificate = socket.getPeerCertificate();
    if (Object.keys(certificate).length === 0)
      return 'it shows no certificate, and tls.client_ca or _names asks for one';
    if (clientCa !== '' && !socket.authorized) {
      return `its certificate is not one that tls.client_ca has signed (${String(socket.authorizationError)})`;
    }
    if (this.#allowed.length === 0 || isNamed(certificate, this.#allowed)) return undefined;
    const names = namesOf(certificate)
      .slice(0, 3)
      .map((name) => JSON.stringify(name.slice(0, 100)));
    return `tls.client_names lists neither ${names.join(', ') || 'a name of its certificate'} nor SHA256:${certificate.fingerprint256}`;
  }

  #fail(socket: tls.TLSSocket, fault: string): void {
    this.failed++;
    const sender = peerAddress(socket.remoteAddress ?? '') || 'a sender that has left';
    if (!this.#once.first(`${sender} ${fault}`)) return;
    this.#intake.say('warn', `A ${this.#input} connection of ${sender} was ended: ${fault}.`);
  }
}

const FAULTS: Readonly<Record<string, string>> = {
  ERR_TLS_HANDSHAKE_TIMEOUT: 'it did not finish the TLS handshake in time',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
  ERR_SSL_HTTP_REQUEST: 'it speaks HTTP, not TLS',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'it speaks only TLS older than 1.2',
  ERR_SSL_NO_SHARED_CIPHER: 'it has no cipher in common with us',
  ECONNRESET: 'it left in the middle of the TLS handshake; its own log may say that it does not trust our certificate',
};

function handshakeFault(error: Error & { code?: string; reason?: string }): string {
  const code = error.code ?? '';
  if (
    /ALERT_(?:UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE|CERTIFICATE_EXPIRED)/.test(code)
  ) {
    return `it does not trust our certificate (${error.reason ?? code})`;
  }
  return FAULTS[code] ?? `the TLS handshake failed (${error.reason ?? error.message})`;
}

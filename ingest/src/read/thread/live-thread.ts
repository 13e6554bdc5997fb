import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { Endpoint } from '../../input/endpoint.js';
import { TcpInput } from '../../input/tcp.js';
import { openUdp } from '../../input/udp.js';
import type { UdpInput } from '../../input/udp.js';
import { LiveReader } from '../live.js';
import type { FromLiveThread, LiveThreadData, ToLiveThread } from './messages.js';

/**
 * The thread that listens: sockets, parsing and batching, so that a busy main thread costs no datagram. It ends when
 * it was told to stop and all its batches are stored.
 */
const REPORT_MS = 1_000;
/** Tries to get one free port for both UDP and TCP when any will do. */
const PORT_TRIES = 10;
/** What had arrived when the stop came is still read, for no longer than this. */
const LAST_READ_MS = 250;

class LiveThread {
  readonly #port: MessagePort;
  readonly #data: LiveThreadData;
  readonly #reader: LiveReader;
  #tcp: TcpInput | undefined;
  #udp: UdpInput | undefined;
  #crowded = 0;
  #reports: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(port: MessagePort, data: LiveThreadData) {
    this.#port = port;
    this.#data = data;
    this.#reader = new LiveReader(data.live, {
      now: () => Date.now(),
      send: (batch) =>
        port.postMessage({ type: 'batch', batch } satisfies FromLiveThread, [batch.tsv.buffer as ArrayBuffer]),
      greet: (greeting) => this.#say({ type: 'greeting', greeting }),
      refuseSender: (address) => this.#say({ type: 'refused-sender', address }),
      hold: (held) => this.#hold(held),
    });
    port.on('message', (message: ToLiveThread) => {
      if (message.type === 'stop') void this.#stop();
      else this.#done();
    });
  }

  async start(): Promise<void> {
    try {
      const endpoint = await this.#listen(this.#data.endpoint);
      this.#say({ type: 'listening', endpoint, receiveBuffer: this.#udp?.receiveBuffer ?? 0 });
      this.#reports = setInterval(() => this.#report(), REPORT_MS);
    } catch (error) {
      this.#say({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
      this.#port.close();
    }
  }

  async #listen(wanted: Endpoint): Promise<Endpoint> {
    for (let tries = 1; ; tries++) {
      this.#tcp = await TcpInput.open(wanted, {
        lineLimit: this.#data.live.lineLimit,
        maxConnections: this.#data.maxConnections,
        idleMs: this.#data.idleMs,
        admit: (sender) => this.#reader.admit(sender),
        open: (sender) => this.#reader.connection(sender),
        onCrowded: () => void this.#crowded++,
      });
      const { endpoint } = this.#tcp;
      try {
        this.#udp = await openUdp(endpoint, (bytes, sender) => this.#reader.datagram(bytes, sender));
        return endpoint;
      } catch (error) {
        await this.#tcp.close();
        if (wanted.port !== 0 || tries >= PORT_TRIES) throw error;
      }
    }
  }

  #hold(held: boolean): void {
    if (held) this.#tcp?.pause();
    else this.#tcp?.resume();
    this.#say({ type: 'held', held });
  }

  #done(): void {
    this.#reader.done();
    this.#endIfIdle();
  }

  async #stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    await this.#readTheLast();
    await Promise.all([this.#udp?.close(), this.#tcp?.close()]);
    this.#reader.flush();
    this.#endIfIdle();
  }

  async #readTheLast(): Promise<void> {
    const { lines } = this.#reader.stats;
    const deadline = Date.now() + LAST_READ_MS;
    for (let quiet = 0; quiet < 3 && Date.now() < deadline; quiet++) {
      const before = lines.udp + lines.tcp;
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (lines.udp + lines.tcp > before) quiet = -1;
    }
  }

  #endIfIdle(): void {
    if (!this.#stopping || !this.#reader.idle) return;
    clearInterval(this.#reports);
    this.#report();
    this.#say({ type: 'stopped' });
    this.#port.close();
  }

  #report(): void {
    const report = { ...this.#reader.stats, connections: this.#tcp?.connections ?? 0, crowded: this.#crowded };
    this.#say({ type: 'stats', report });
  }

  #say(message: FromLiveThread): void {
    this.#port.postMessage(message);
  }
}

if (parentPort !== null) void new LiveThread(parentPort, workerData as LiveThreadData).start();

import type { Readable } from 'node:stream';
import type { Resolved } from '../../config/resolve.js';
import { HealthWriter } from '../../health/writer.js';
import { Schedule } from '../../detect/schedule.js';
import { lazyOrigins } from '../../enrich/database.js';
import { parseEndpoint } from '../../input/endpoint.js';
import type { InputName } from '../../input/intake.js';
import type { Place } from '../../read/thread/messages.js';
import { openSink } from '../../sink/sink.js';
import type { Sink } from '../../sink/batch.js';
import { MergePriority } from '../../store/engine/priority.js';
import { openFace } from '../../store/face/open.js';
import type { Face } from '../../store/options.js';
import type { Store } from '../../store/store.js';
import { openMigrated, serverUrl } from '../store.js';
import { Delivery } from './delivery.js';
import { openHealth } from './health.js';
import type { Health } from './health.js';
import { startIntel } from './intel.js';
import type { FeedSchedule } from '../../intel/schedule/schedule.js';
import type { Io } from '../io.js';
import { liveData, spoolFolder } from './live-data.js';
import { LiveInputs } from './live.js';
import type { Logger } from './log.js';
import { Metrics } from './metrics.js';

/** Where everything is, printed when all of it runs. */
export interface Ready {
  /** Where syslog is taken, UDP and TCP; null when it is off. */
  readonly syslog: string | null;
  /** All inputs: where each listens, or what it reads. */
  readonly inputs: readonly Place[];
  /** ClickHouse's HTTP interface. */
  readonly http: string;
  /** The store's name: folder or URL. */
  readonly store: string;
  readonly health: string | null;
}

/** How long what is here may take to get into the store when the service ends. */
const LAST_DELIVERY_MS = 10_000;
/** bin/fireplot.js asks for eight threads: two write, four answer, two are left for files and gzip. */
const MAX_READS = 4;
const REFUSED_SENDERS_NAMED = 20;
/** Then first lines are only for the log of level debug: UDP senders can be made up. */
const SENDERS_GREETED = 500;

/**
 * The running service. Started in the order health, inputs, store, so that lines are taken while the store is still
 * away; ended in reverse, inputs first, so that what came in is stored.
 */
export class Service {
  /** Told once when a part has ended by itself and the service cannot go on. */
  onFault: (error: Error) => void = () => {};
  readonly #settings: Resolved;
  readonly #stdin: Readable | undefined;
  readonly #env: Io['env'];
  readonly #log: Logger;
  readonly #metrics = new Metrics();
  readonly #delivery: Delivery;
  readonly #healthRows: HealthWriter;
  readonly #spool: string;
  readonly #starting = new AbortController();
  readonly #waitingFor = new Set(['inputs', 'store']);
  #health: Health | undefined;
  #inputs: LiveInputs | undefined;
  #store: Store | undefined;
  #sink: Sink | undefined;
  #face: Face | undefined;
  #detection: Schedule | undefined;
  #priority: MergePriority | undefined;
  #intel: FeedSchedule | undefined;
  #opening: Promise<void> | undefined;
  #refusedSenders = 0;
  #greeted = 0;
  #stopping = false;

  /**
   * @param env where keys of feeds may be
   * @param stdin what `--stdin` reads
   */
  constructor(settings: Resolved, log: Logger, env: Io['env'], stdin?: Readable) {
    this.#env = env;
    this.#stdin = stdin;
    this.#settings = settings;
    this.#log = log;
    this.#spool = spoolFolder(settings);
    this.#delivery = new Delivery(log, this.#metrics);
    this.#healthRows = new HealthWriter({
      registry: this.#metrics.registry,
      instance: settings.instance,
      warn: (sentence) => log.warn(sentence),
    });
  }

  /**
   * @returns undefined when it was stopped meanwhile
   * @throws UserError or StoreError with one sentence
   */
  async start(): Promise<Ready | undefined> {
    const { health } = this.#settings;
    if (health !== undefined) {
      this.#health = await openHealth(health, this.#metrics.registry, () => this.#waiting());
      this.#log.info(`Health and metrics are at ${this.#health.url}.`);
    }
    await this.#openInputs();
    this.#healthRows.start();
    this.#opening = this.#openStore();
    await this.#opening;
    if (this.#stopping || this.#store === undefined) return undefined;
    return {
      syslog: placeOf('tcp', this.#inputs) ?? null,
      inputs: this.#inputs?.places ?? [],
      http: this.#store.url ?? '',
      store: this.#store.name,
      health: this.#health?.url ?? null,
    };
  }

  /** Ends everything in order. @returns whether nothing is lost */
  async stop(): Promise<boolean> {
    this.#stopping = true;
    this.#starting.abort(new Error('stopped'));
    await this.#opening?.catch(() => undefined);
    const patience = this.#store === undefined ? 0 : LAST_DELIVERY_MS;
    const deadline = setTimeout(() => this.#inputs?.leave(), patience);
    const { waiting, lost } = (await this.#inputs?.stop()) ?? { waiting: 0, lost: 0 };
    clearTimeout(deadline);
    if (waiting > 0)
      this.#log.warn(`${waiting} events wait in the spool ${this.#spool} and are stored at the next start.`);
    if (lost > 0) this.#log.error(`${lost} lines could not be written to the spool and are lost.`);
    await this.#healthRows.stop();
    if (waiting > 0) this.#delivery.abandon();
    else await this.#sink?.close();
    await this.#detection?.stop();
    await this.#intel?.stop();
    await this.#face?.close();
    this.#priority?.stop();
    await this.#store?.close();
    await this.#health?.close();
    return lost === 0;
  }

  async #openInputs(): Promise<void> {
    const data = liveData(this.#settings);
    const inputs = await LiveInputs.open(
      data,
      {
        deliver: (batch) => this.#delivery.deliver(batch),
        greet: ({ sender, input, dialect }) => {
          const words = dialect === '' ? 'which no dialect claims yet' : `dialect ${dialect}`;
          const level = ++this.#greeted > SENDERS_GREETED ? 'debug' : 'info';
          this.#log[level]({ sender, input, dialect }, `We got the first line from ${sender}, ${words}.`);
        },
        refusedSender: (address) => this.#nameRefused(address),
        held: (held) => {
          if (held)
            this.#log.warn('The spool takes no more: UDP lines are dropped and counted, all other senders wait.');
          else this.#log.info('The spool has room again.');
        },
        say: (level, sentence) => this.#log[level](sentence),
        report: (report) => this.#metrics.report(report),
        died: (error) => {
          if (!this.#stopping) this.onFault(error);
        },
      },
      this.#stdin
    );
    this.#inputs = inputs;
    this.#waitingFor.delete('inputs');
    const udp = placeOf('udp', inputs);
    if (udp !== undefined) {
      this.#metrics.watchKernel(parseEndpoint(udp, '').port);
      this.#log.info(`Listening for syslog on ${udp}, UDP and TCP.`);
    }
    for (const { name, place } of inputs.places) {
      if (name !== 'udp' && name !== 'tcp') this.#log.info(`Taking lines by ${name}: ${place}.`);
    }
    if (inputs.recovered > 0) {
      this.#log.info(
        `${inputs.recovered} events of an earlier run are in the spool ${this.#spool}; they are stored now.`
      );
    }
  }

  async #openStore(): Promise<void> {
    const { signal } = this.#starting;
    const store = await openMigrated(this.#settings, (sentence) => this.#log.warn(sentence), {
      own: true,
      signal,
      onWaiting: (sentence) => this.#log.warn(`Waiting for the store: ${sentence}. Lines wait in the spool meanwhile.`),
    });
    this.#store = store;
    this.#healthRows.attach(store);
    if (serverUrl(this.#settings) === undefined) {
      this.#priority = new MergePriority();
      this.#priority.start();
      this.#face = await openFace(store, { port: this.#settings.http, maxReads: MAX_READS });
    }
    this.#sink = openSink(store, {
      tries: Number.POSITIVE_INFINITY,
      patient: true,
      onRetry: (sentence) => this.#delivery.retrying(sentence),
    });
    this.#delivery.attach(this.#sink);
    this.#waitingFor.delete('store');
    this.#startDetection(store);
    this.#intel = await startIntel(store, this.#settings, this.#env, {
      ...{ log: this.#log, registry: this.#metrics.registry },
      match: (tables) => this.#inputs?.match(tables),
    });
    this.#log.info(`The store is ${store.name}.`);
  }

  #startDetection(store: Store): void {
    const { detectSeconds, geoip } = this.#settings;
    if (detectSeconds === undefined) return;
    this.#detection = new Schedule(store, detectSeconds * 1_000, this.#log, lazyOrigins(geoip));
    this.#detection.start();
  }

  #waiting(): string[] {
    return this.#delivery.away ? [...this.#waitingFor, 'store'] : [...this.#waitingFor];
  }

  #nameRefused(address: string): void {
    this.#refusedSenders++;
    if (this.#refusedSenders > REFUSED_SENDERS_NAMED) return;
    const more = this.#refusedSenders === REFUSED_SENDERS_NAMED ? ' Others like it are only counted from now on.' : '';
    this.#log.warn(
      { sender: address },
      `${address} may not send here, its lines are thrown away: --allow ${address} lets it in.${more}`
    );
  }
}

const placeOf = (wanted: InputName, inputs: LiveInputs | undefined): string | undefined =>
  inputs?.places.find(({ name }) => name === wanted)?.place;

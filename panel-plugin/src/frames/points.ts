import type { DataFrame, Field } from '@grafana/data';
import type { Points } from '../bin';
import { classFrom, classOfProtocol, UNTOLD } from '../classes';
import { findField, findLabelled, type FieldNames } from './fields';

/** Probes from rows of any data source, with what a hover can count. */
export interface Probes extends Points {
  /** Index into `sources` a row; missing when no frame names a source. */
  readonly source?: Uint32Array;
  /** Addresses, each once; index 0 is "none". */
  readonly sources: readonly string[];
  /** Name of the source field, when the viewer may filter by it. */
  readonly filterBy: string | undefined;
}

/** A frame that can be read: its time, and its port as a field or as a label of the whole series. */
export interface Readable {
  readonly time: Field;
  readonly port: Field | string;
  readonly protocol?: Field | string;
  readonly source?: Field | string;
  readonly count?: Field;
  readonly length: number;
}

/** What is missing, when a frame cannot be read. */
export type Unreadable = 'time' | 'port';

export function readable(frame: DataFrame, names: FieldNames): Readable | Unreadable {
  const time = findField(frame, 'time', names);
  if (time === undefined) {
    return 'time';
  }
  const field = findField(frame, 'port', names);
  const port = field ?? findLabelled(frame, 'port', names);
  if (port === undefined) {
    return 'port';
  }
  const measured = field === undefined ? frame.fields.find((one) => one.labels !== undefined) : undefined;
  return {
    time,
    port,
    protocol: findField(frame, 'protocol', names) ?? findLabelled(frame, 'protocol', names),
    source: findField(frame, 'source', names) ?? findLabelled(frame, 'source', names),
    count: measured ?? findField(frame, 'count', names),
    length: frame.length,
  };
}

/** Columns over all frames, one after the other. Unreadable times and ports stay in, marked, so that they can be counted. */
export function probesOf(frames: readonly Readable[]): Probes {
  const length = frames.reduce((sum, frame) => sum + frame.length, 0);
  const time = new Float64Array(length);
  const port = new Int32Array(length);
  const klass = new Uint8Array(length);
  const count = frames.some((frame) => frame.count) ? new Float64Array(length).fill(1) : undefined;
  const source = frames.some((frame) => frame.source) ? new Uint32Array(length) : undefined;
  const names = new Names();
  let at = 0;
  for (const frame of frames) {
    const classOf = classReader(frame);
    for (let row = 0; row < frame.length; row++, at++) {
      time[at] = timeFrom(frame.time.values[row]);
      port[at] = portFrom(valueOf(frame.port, row));
      const address = valueOf(frame.source, row);
      klass[at] = classOf(valueOf(frame.protocol, row), address);
      if (source) {
        source[at] = names.indexOf(address);
      }
      if (count && frame.count) {
        count[at] = Number(frame.count.values[row]);
      }
    }
  }
  const filterable = frames
    .map((frame) => frame.source)
    .find((one) => typeof one === 'object' && one.config.filterable);
  const filterBy = typeof filterable === 'object' ? filterable.name : undefined;
  return { length, time, port, klass, count, source, sources: names.all, filterBy };
}

function valueOf(from: Field | string | undefined, row: number): unknown {
  return typeof from === 'object' ? from.values[row] : from;
}

/** NaN when there is none: `Number(null)` would be 1970. */
function timeFrom(value: unknown): number {
  return typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : NaN;
}

/** 0…65535, or −1: `''`, null, fractions and text are no ports. */
export function portFrom(value: unknown): number {
  const port = typeof value === 'string' && /^\s*\d{1,5}\s*$/.test(value) ? Number(value) : value;
  return typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65535 ? port : -1;
}

/** Class of a row from its protocol and address, remembering each pair: logs hold few different ones. */
function classReader(frame: Readable): (protocol: unknown, address: unknown) => number {
  if (frame.protocol === undefined) {
    return () => UNTOLD;
  }
  const byClass = typeof frame.protocol === 'object' && frame.protocol.name.toLowerCase() === 'class';
  const known: Array<Map<unknown, number>> = [new Map(), new Map()];
  return (protocol, address) => {
    const ipv6 = typeof address === 'string' && address.includes(':') && !address.startsWith('::ffff:');
    const cache = known[ipv6 ? 1 : 0]!;
    let id = cache.get(protocol);
    if (id === undefined) {
      id = (byClass ? classFrom(protocol) : undefined) ?? classOfProtocol(protocol, ipv6);
      cache.set(protocol, id);
    }
    return id;
  };
}

/** Numbers for texts, in order of appearance; 0 is no text. */
class Names {
  readonly all: string[] = [''];
  readonly #index = new Map<string, number>([['', 0]]);

  indexOf(value: unknown): number {
    const name = typeof value === 'string' ? value : '';
    let index = this.#index.get(name);
    if (index === undefined) {
      index = this.all.push(name) - 1;
      this.#index.set(name, index);
    }
    return index;
  }
}

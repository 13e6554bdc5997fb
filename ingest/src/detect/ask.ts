import { StoreError } from '../store/error.js';
import { Limit } from '../store/limit.js';
import type { QuerySettings, Store } from '../store/store.js';
import { utcText } from '../store/text.js';

/** How much of the machine detection may take. */
export interface Effort {
  /** Questions at once, each on a thread of its own: one beside live inserts, two answer a person sooner. */
  readonly atOnce: number;
  /** Bytes a query may hold; beyond a third it spills to disk. */
  readonly memory: number;
}

export const BESIDE_INSERTS: Effort = { atOnce: 1, memory: 256 * 2 ** 20 };
/** A quick look asks little of few sources, and is over in two seconds: those it may have both cores for. */
export const QUICKLY: Effort = { atOnce: 2, memory: 160 * 2 ** 20 };
/** Two questions on a thread each take less than one on two threads: most of their work is one stream. */
export const FOR_A_PERSON: Effort = { atOnce: 2, memory: 224 * 2 ** 20 };

/** A parameter of a view: a time (ms), a number, an address, or addresses. */
export type Parameter = number | Date | string | readonly string[];

const MEMORY_LIMIT_EXCEEDED = 241;
/** `parts` is a UInt8. */
const MOST_PARTS = 128;

/** Asks the store's detection views, bounded. */
export class Asker {
  readonly #store: Store;
  readonly #settings: QuerySettings;
  readonly #signal: AbortSignal | undefined;
  readonly #turn: Limit;

  /** @param signal aborted, every further question rejects with its reason */
  constructor(store: Store, { atOnce, memory }: Effort, signal?: AbortSignal) {
    this.#store = store;
    this.#signal = signal;
    this.#turn = new Limit(atOnce);
    this.#settings = {
      max_threads: 1,
      max_memory_usage: memory,
      max_bytes_before_external_group_by: Math.floor(memory / 3),
      max_bytes_before_external_sort: Math.floor(memory / 3),
      join_algorithm: 'hash',
      optimize_aggregation_in_order: 1,
      max_execution_time: 300,
    };
  }

  /**
   * Rows of `fireplot.NAME(...)`.
   * @param columns what to select, SQL of our own
   * @throws StoreError when the store refuses or memory runs out
   */
  view<Row>(name: string, parameters: Readonly<Record<string, Parameter>>, columns = '*'): Promise<Row[]> {
    const given = Object.entries(parameters).map(([key, value]) => `${key} = ${literalOf(value)}`);
    return this.query(`SELECT ${columns} FROM fireplot.${name}(${given.join(', ')})`);
  }

  /**
   * Asks a view that looks at a part of the store at a time; parts are halved again when memory does not do.
   * @param parts how many to begin with
   */
  async inParts<Row>(parts: number, ask: (part: number, parts: number) => Promise<Row[]>): Promise<Row[]> {
    for (let many = Math.max(1, Math.min(MOST_PARTS, parts)); ; many *= 2) {
      try {
        const rows: Row[] = [];
        for (let part = 0; part < many; part++) rows.push(...(await ask(part, many)));
        return rows;
      } catch (error) {
        const short = error instanceof StoreError && error.code === MEMORY_LIMIT_EXCEEDED;
        if (!short || many * 2 > MOST_PARTS) throw error;
      }
    }
  }

  async query<Row>(sql: string, params: Record<string, unknown> = {}): Promise<Row[]> {
    return this.#turn.run(() => {
      this.#signal?.throwIfAborted();
      return this.#store.query<Row>(sql, params, this.#settings);
    });
  }
}

const ADDRESS = /^[0-9a-f:.]{2,45}$/;

/**
 * A value as SQL. Lists of addresses stand in the statement, since parameters travel in a URL to a server and would be
 * too long for one; they come from columns of type IPv6 and are checked nevertheless.
 */
export function literalOf(value: Parameter): string {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`not a whole number for a view: ${value}`);
    return String(value);
  }
  if (value instanceof Date) return `'${utcText(value.getTime())}'`;
  if (typeof value === 'string') return addressLiteral(value);
  return `[${value.map(addressLiteral).join(',')}]`;
}

/** One address, quoted. @throws Error for anything else */
export function addressLiteral(address: string): string {
  if (!ADDRESS.test(address)) throw new Error(`not an address: ${JSON.stringify(address)}`);
  return `'${address}'`;
}

/** Pieces of a list, so that no statement grows beyond what a server parses (256 KiB). */
export function pieces<T>(list: readonly T[], size = 2_000): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < list.length; at += size) parts.push(list.slice(at, at + size));
  return parts;
}

/** Things in pieces whose sizes add up to a limit at most, and are no more than a statement holds. Pure. */
export function piecesOfSize<T>(sized: readonly (readonly [T, number])[], most: number, count = 2_000): T[][] {
  const parts: T[][] = [];
  let sum = 0;
  for (const [thing, size] of sized) {
    const last = parts.at(-1);
    if (last === undefined || sum + size > most || last.length >= count) {
      parts.push([thing]);
      sum = size;
    } else {
      last.push(thing);
      sum += size;
    }
  }
  return parts;
}

import type { Filter } from './query';

/**
 * The resource routes of the backend, below `/resources/`: all GET, all bounded by the backend in time and rows.
 * An error is a status of 4xx or 5xx with `{message}`, which Grafana shows.
 */
export interface Resources {
  /** `columns`: what may be filtered and grouped by. */
  columns(): Promise<ColumnInfo[]>;
  /** `values`: the commonest values of a column in a range. */
  values(params: ValuesParams): Promise<ValueInfo[]>;
  /** `schema`: for completion in the SQL editor. */
  schema(): Promise<SchemaInfo>;
}

/** A column of `events` that a filter, a variable or `top` may name. */
export interface ColumnInfo {
  name: string;
  /** What its values are: text, number, time, address, words, flags, or attributes (the map `attrs`). */
  kind: string;
  /** ClickHouse type. */
  type: string;
  /** One line for a person. */
  about: string;
}

/** What `values` is asked. */
export interface ValuesParams {
  column: string;
  /** Epoch ms; without a range the backend takes the last day that has events. */
  from?: number;
  to?: number;
  /** Part of the value, matched without case; '' or missing gives the commonest. */
  search?: string;
  /** Default 100, at most 1,000. */
  limit?: number;
  /** JSON of Filter[]: the other conditions, so that only values that still occur are offered. */
  filters?: string;
}

/** `value` goes into a filter; `text` is what a person reads, when it differs. */
export interface ValueInfo {
  value: string;
  text?: string;
}

/** For completion in the SQL editor. */
export interface SchemaInfo {
  tables: Array<{ name: string; columns: Array<{ name: string; type: string }> }>;
  /** Of ClickHouse. */
  functions: string[];
  /** `signature` is how the macro is written, with its arguments. */
  macros: Array<{ name: string; signature: string; about: string }>;
}

/** Encodes other conditions for `values`; undefined when there are none, so that the parameter is left out. */
export function encodeFilters(filters: readonly Filter[]): string | undefined {
  return filters.length === 0 ? undefined : JSON.stringify(filters);
}

/**
 * The routes over a GET of one data source. Columns and schema are asked for once; an answer that failed is asked
 * for again the next time.
 */
export function createResources(get: (path: string, params?: ValuesParams) => Promise<unknown>): Resources {
  const columns = once(() => get('columns') as Promise<ColumnInfo[]>);
  const schema = once(() => get('schema') as Promise<SchemaInfo>);
  return { columns, schema, values: (params) => get('values', params) as Promise<ValueInfo[]> };
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= load().catch((error: unknown) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}

import { useEffect, useMemo, useReducer } from 'react';
import type { PanelData } from '@grafana/data';
import { askCell } from './askCell';
import { countSources, type CellDetail, type CellRange } from './detail';
import type { Input } from './frames';

/** How long the pointer rests before the data source is asked. */
const REST_MS = 150;

/** Answers kept; a hover back over a cell asks nothing. */
const KEPT = 200;

export type DetailState =
  | { readonly state: 'none' | 'waiting' }
  | { readonly state: 'ready'; readonly detail: CellDetail };

/**
 * Sources of the cell under the pointer: counted from the panel's own rows, or asked of the panel's data source
 * after a rest. Leaving the cell cancels the question. What cannot be answered stays untold.
 */
export function useCellDetail(input: Input, data: PanelData, range: CellRange | null): DetailState {
  const { request, series } = data;
  const [, answered] = useReducer((count: number) => count + 1, 0);
  // New data, new answers
  const answers = useMemo(() => new Answers(series), [series]);
  const key = range === null ? null : JSON.stringify(range);
  const known = key === null ? null : answers.get(key);

  useEffect(() => {
    if (range === null || key === null || answers.get(key) !== undefined) {
      return;
    }
    const keep = (detail: CellDetail | undefined) => {
      answers.set(key, detail ?? null);
      answered();
    };
    let cancel = () => {};
    const timer = setTimeout(() => {
      if (input.kind === 'cells' && request) {
        cancel = askCell(request, input.refId, range, keep);
      } else {
        keep(input.kind === 'points' ? countSources(input.probes, range) : undefined);
      }
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      cancel();
    };
    // `key` stands for `range`
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, answers, input, request]);

  if (known === undefined) {
    return { state: 'waiting' };
  }
  return known === null ? { state: 'none' } : { state: 'ready', detail: known };
}

/** Answers to one set of frames by cell; null where there is none. The oldest makes room. */
export class Answers {
  readonly #byKey = new Map<string, CellDetail | null>();

  constructor(readonly about: unknown) {}

  get(key: string): CellDetail | null | undefined {
    return this.#byKey.get(key);
  }

  set(key: string, detail: CellDetail | null): void {
    this.#byKey.delete(key);
    this.#byKey.set(key, detail);
    for (const oldest of this.#byKey.keys()) {
      if (this.#byKey.size <= KEPT) {
        break;
      }
      this.#byKey.delete(oldest);
    }
  }
}

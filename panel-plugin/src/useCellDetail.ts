import { useEffect, useRef, useState } from 'react';
import type { PanelData } from '@grafana/data';
import type { CellDetail, CellRange } from './detail';
import { countSources } from './detail';
import type { Input } from './frames';
import { askCell } from './askCell';

/** How long the pointer rests before the data source is asked. */
const REST_MS = 150;

/** Answers kept; a hover back over a cell asks nothing. */
const KEPT = 200;

export type DetailState =
  | { readonly state: 'none' | 'waiting' }
  | { readonly state: 'ready'; readonly detail: CellDetail };

const NONE: DetailState = { state: 'none' };

/**
 * Sources of the cell under the pointer: counted from the panel's own rows, or asked of the panel's data source
 * after a rest. Leaving the cell cancels the question. What cannot be answered stays untold.
 */
export function useCellDetail(input: Input, data: PanelData, range: CellRange | null): DetailState {
  const [state, setState] = useState<DetailState>(NONE);
  const cache = useRef(new Map<string, CellDetail>());
  const key = range && JSON.stringify(range);

  useEffect(() => {
    cache.current.clear();
  }, [data.series]);

  useEffect(() => {
    const { request } = data;
    const known = key === null ? undefined : cache.current.get(key);
    if (range === null || key === null || input.kind === 'none') {
      setState(NONE);
      return;
    }
    if (known) {
      setState({ state: 'ready', detail: known });
      return;
    }
    if (input.kind === 'cells' && !request) {
      setState(NONE);
      return;
    }
    setState({ state: 'waiting' });
    const keep = (detail: CellDetail | undefined) => {
      if (detail) {
        remember(cache.current, key, detail);
      }
      setState(detail ? { state: 'ready', detail } : NONE);
    };
    let cancel = () => {};
    const timer = setTimeout(() => {
      if (input.kind === 'points') {
        keep(countSources(input.probes, range));
      } else if (request) {
        cancel = askCell(request, input.refId, range, keep);
      }
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      cancel();
    };
    // `key` stands for `range`
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, input, data.request]);

  return state;
}

/** Puts an answer last and drops the one unused for longest. */
function remember(cache: Map<string, CellDetail>, key: string, detail: CellDetail): void {
  cache.delete(key);
  cache.set(key, detail);
  if (cache.size > KEPT) {
    cache.delete(cache.keys().next().value!);
  }
}

import type { DataQuery } from '@grafana/schema';
import { number, object, objects, text } from './read';

/** One pane of Explore. Times are as in URLs: now-1h, epoch ms, ISO. */
export interface Pane {
  /** uid; '' is the default data source. */
  datasource: string;
  queries: DataQuery[];
  from: string;
  to: string;
}

export const EMPTY_PANE: Pane = { datasource: '', queries: [], from: 'now-1h', to: 'now' };

/** Reads the first pane of `?panes=`; Grafana can show two, the workbench one. Null when there is none to read. */
export function parsePanes(search: string): Pane | null {
  const panes = new URLSearchParams(search).get('panes');
  if (!panes) return null;
  let json: unknown;
  try {
    json = JSON.parse(panes);
  } catch {
    return null;
  }
  const pane = objects(Object.values(object(json)))[0];
  if (!pane) return null;
  const range = object(pane.range);
  const time = (value: unknown, fallback: string) =>
    number(value) === undefined ? text(value, fallback) : String(value);
  return {
    datasource: text(pane.datasource),
    queries: objects(pane.queries).map((query, i) => ({
      ...query,
      refId: text(query.refId, String.fromCharCode(65 + i)),
    })),
    from: time(range.from, EMPTY_PANE.from),
    to: time(range.to, EMPTY_PANE.to),
  };
}

/** The address that shows a pane, in the form that Grafana reads too. */
export function exploreUrl(pane: Pane): string {
  const { datasource, queries, from, to } = pane;
  const panes = JSON.stringify({ a: { datasource, queries, range: { from, to } } });
  return `/explore?schemaVersion=1&orgId=1&panes=${encodeURIComponent(panes)}`;
}

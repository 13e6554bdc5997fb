import type { DataSourceRef } from '@grafana/data';
import { dataSourceRef } from './dataSourceRef';
import { flag, number, object, objects, text, type Json } from './read';

interface Common {
  name: string;
  label: string | undefined;
  /** 0 shown, 1 without its label, 2 not at all. */
  hide: number;
  skipUrlSync: boolean;
  description: string | undefined;
}

interface Choice extends Common {
  multi: boolean;
  includeAll: boolean;
  allValue: string | undefined;
  /** What the file has selected. */
  value: string | string[];
  text: string | string[];
}

export interface QueryVariable extends Choice {
  type: 'query';
  datasource: DataSourceRef | undefined;
  query: string | (Json & { refId: string });
  definition: string;
  regex: string;
  /** 1 on load, 2 on time range change. */
  refresh: number;
  sort: number;
}

export interface CustomVariable extends Choice {
  type: 'custom';
  query: string;
}

export interface DataSourceVariable extends Choice {
  type: 'datasource';
  pluginId: string;
  regex: string;
}

export interface PlainVariable extends Common {
  type: 'textbox' | 'constant';
  value: string;
}

export interface IntervalVariable extends Common {
  type: 'interval';
  value: string;
  intervals: string[];
  autoEnabled: boolean;
  autoStepCount: number;
  autoMinInterval: string;
}

export interface AdHocVariable extends Common {
  type: 'adhoc';
  datasource: DataSourceRef | undefined;
  filters: Array<{ key: string; operator: string; value: string }>;
}

export type Variable =
  | QueryVariable
  | CustomVariable
  | DataSourceVariable
  | PlainVariable
  | IntervalVariable
  | AdHocVariable;

/** Reads one entry of templating.list; null for a type the workbench does not know, or for one without a name. */
export function parseVariable(json: Json): Variable | null {
  const name = text(json.name);
  if (!name) return null;
  const common: Common = {
    name,
    label: text(json.label) || undefined,
    hide: number(json.hide, 0),
    skipUrlSync: flag(json.skipUrlSync),
    description: text(json.description) || undefined,
  };
  const current = object(json.current);
  const value = text(current.value) || text(json.query);
  switch (json.type) {
    case 'query':
      return {
        ...choice(json, common),
        type: 'query',
        datasource: dataSourceRef(json.datasource),
        query: queryOf(json),
        definition: text(json.definition),
        regex: text(json.regex),
        refresh: number(json.refresh, 1),
        sort: number(json.sort, 0),
      };
    case 'custom':
      return { ...choice(json, common), type: 'custom', query: text(json.query) };
    case 'datasource':
      return { ...choice(json, common), type: 'datasource', pluginId: text(json.query), regex: text(json.regex) };
    case 'textbox':
      return { ...common, type: 'textbox', value };
    case 'constant':
      return { ...common, type: 'constant', hide: number(json.hide, 2), value };
    case 'interval':
      return {
        ...common,
        type: 'interval',
        value,
        intervals: splitList(text(json.query)),
        autoEnabled: flag(json.auto),
        autoStepCount: number(json.auto_count, 30),
        autoMinInterval: text(json.auto_min, '10s'),
      };
    case 'adhoc':
      return {
        ...common,
        type: 'adhoc',
        datasource: dataSourceRef(json.datasource),
        filters: objects(json.filters).map(filter),
      };
    default:
      return null;
  }
}

function choice(json: Json, common: Common): Choice {
  const current = object(json.current);
  return {
    ...common,
    multi: flag(json.multi),
    includeAll: flag(json.includeAll),
    allValue: typeof json.allValue === 'string' ? json.allValue : undefined,
    value: oneOrMany(current.value),
    text: oneOrMany(current.text),
  };
}

function oneOrMany(value: unknown): string | string[] {
  return Array.isArray(value) ? value.map(String) : value === undefined || value === null ? '' : String(value);
}

/** A query is text, or the data source's own object; scenes wants a refId on that. */
function queryOf(json: Json): QueryVariable['query'] {
  if (typeof json.query === 'string') return json.query;
  const query = object(json.query);
  return { ...query, refId: text(query.refId, text(json.name)) };
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
}

const filter = (json: Json) => ({ key: text(json.key), operator: text(json.operator, '='), value: text(json.value) });

import type { DataSourceRef, DataTransformerConfig } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { dataSourceRef } from './dataSourceRef';
import { flag, number, object, objects, strings, text, type Json } from './read';
import { parseLink, type Link } from './links';
import { parseVariable, type Variable } from './variable';

/** A classic (v1) dashboard, as far as the workbench draws it. */
export interface Dashboard {
  uid: string;
  title: string;
  description: string;
  tags: string[];
  /** '' is the viewer's zone. */
  timezone: string;
  weekStart: string;
  from: string;
  to: string;
  /** '' is off. */
  refresh: string;
  refreshIntervals: string[];
  hideTimePicker: boolean;
  /** 0 nothing, 1 crosshair, 2 crosshair and tooltip shared. */
  graphTooltip: number;
  variables: Variable[];
  annotations: Annotation[];
  links: Link[];
  items: Item[];
}

export interface GridPos {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Panel {
  kind: 'panel';
  id: number;
  type: string;
  title: string;
  description: string;
  transparent: boolean;
  grid: GridPos;
  datasource: DataSourceRef | undefined;
  targets: Query[];
  maxDataPoints: number | undefined;
  interval: string | undefined;
  transformations: DataTransformerConfig[];
  options: Json;
  fieldConfig: { defaults: Json; overrides: Json[] };
  pluginVersion: string | undefined;
  links: Link[];
}

/** A row holds its panels, whether the file nests them (collapsed) or lets them follow (open). */
export interface Row {
  kind: 'row';
  id: number;
  title: string;
  collapsed: boolean;
  y: number;
  panels: Panel[];
}

export type Item = Panel | Row;
export type Query = DataQuery & Json;

export interface Annotation {
  name: string;
  enabled: boolean;
  hidden: boolean;
  /** The annotation query as it stands in the file. */
  query: Json;
}

/** Reads a dashboard file. Throws a sentence when it is not one; anything smaller that is odd becomes a default. */
export function parseDashboard(json: unknown): Dashboard {
  const model = object(json);
  if (!Array.isArray(model.panels)) {
    const newer = 'elements' in model || 'spec' in model;
    throw new Error(
      newer
        ? 'This dashboard is schema v2 JSON; the workbench reads classic JSON.'
        : 'This JSON is no dashboard: it has no panels.'
    );
  }
  const time = object(model.time);
  const picker = object(model.timepicker);
  return {
    uid: text(model.uid),
    title: text(model.title, 'Dashboard'),
    description: text(model.description),
    tags: strings(model.tags),
    timezone: text(model.timezone),
    weekStart: text(model.weekStart),
    from: text(time.from, 'now-6h'),
    to: text(time.to, 'now'),
    refresh: text(model.refresh),
    refreshIntervals: strings(picker.refresh_intervals),
    hideTimePicker: flag(picker.hidden),
    graphTooltip: number(model.graphTooltip, 0),
    variables: objects(object(model.templating).list)
      .map(parseVariable)
      .filter((variable) => variable !== null),
    annotations: objects(object(model.annotations).list).filter(isOwnAnnotation).map(parseAnnotation),
    links: objects(model.links).map(parseLink),
    items: nest(objects(model.panels)),
  };
}

/** Puts the panels that follow an open row into it, as Grafana draws them. */
function nest(panels: Json[]): Item[] {
  const items: Item[] = [];
  let open: Row | null = null;
  for (const each of [...panels].sort(byPlace)) {
    if (each.type !== 'row') {
      const panel = parsePanel(each);
      if (open) open.panels.push(panel);
      else items.push(panel);
      continue;
    }
    const row = parseRow(each);
    items.push(row);
    open = row.collapsed ? null : row;
  }
  return items;
}

function byPlace(a: Json, b: Json): number {
  const [one, two] = [grid(a.gridPos), grid(b.gridPos)];
  return one.y - two.y || one.x - two.x;
}

function parseRow(json: Json): Row {
  const collapsed = flag(json.collapsed);
  return {
    kind: 'row',
    id: number(json.id, 0),
    title: text(json.title),
    collapsed,
    y: grid(json.gridPos).y,
    panels: objects(json.panels).map(parsePanel),
  };
}

function parsePanel(json: Json): Panel {
  const fieldConfig = object(json.fieldConfig);
  return {
    kind: 'panel',
    id: number(json.id, 0),
    type: text(json.type, 'timeseries'),
    title: text(json.title),
    description: text(json.description),
    transparent: flag(json.transparent),
    grid: grid(json.gridPos),
    datasource: dataSourceRef(json.datasource),
    targets: objects(json.targets).map((target, i) => ({ ...target, refId: text(target.refId, refId(i)) })),
    maxDataPoints: number(json.maxDataPoints),
    interval: text(json.interval) || undefined,
    transformations: objects(json.transformations).filter(isTransformation),
    options: object(json.options),
    fieldConfig: { defaults: object(fieldConfig.defaults), overrides: objects(fieldConfig.overrides) },
    pluginVersion: text(json.pluginVersion) || undefined,
    links: objects(json.links).map(parseLink),
  };
}

const refId = (index: number) => String.fromCharCode(65 + (index % 26));

function grid(value: unknown): GridPos {
  const pos = object(value);
  return { x: number(pos.x, 0), y: number(pos.y, 0), w: number(pos.w, 12), h: number(pos.h, 8) };
}

const isTransformation = (value: Json): value is Json & DataTransformerConfig => typeof value.id === 'string';

/** Grafana's own annotations live in Grafana's database; there is none here. */
function isOwnAnnotation(json: Json): boolean {
  const ref = dataSourceRef(json.datasource);
  return ref?.type !== 'grafana' && ref?.uid !== '-- Grafana --' && ref?.uid !== 'grafana' && ref !== undefined;
}

function parseAnnotation(json: Json): Annotation {
  return { name: text(json.name, 'Annotation'), enabled: json.enable !== false, hidden: flag(json.hide), query: json };
}

import { DataFrameType, FieldType, type DataFrame } from '@grafana/data';

/** Frames by how Explore shows them; a frame may be in graph and table at once. */
export interface ExploreResults {
  graph: DataFrame[];
  table: DataFrame[];
  logs: DataFrame[];
  /** By the panel plugin that a frame asks for. */
  custom: Record<string, DataFrame[]>;
}

/** Follows what frames say of themselves; a silent one is a graph when it has time and numbers, and a table anyway. */
export function splitFrames(frames: DataFrame[]): ExploreResults {
  const results: ExploreResults = { graph: [], table: [], logs: [], custom: {} };
  for (const frame of frames) {
    const { preferredVisualisationType: preferred, preferredVisualisationPluginId: plugin, type } = frame.meta ?? {};
    if (plugin) (results.custom[plugin] ??= []).push(frame);
    else if (preferred === 'logs' || type === DataFrameType.LogLines) results.logs.push(frame);
    else if (preferred === 'graph') results.graph.push(frame);
    else if (preferred === 'table') results.table.push(frame);
    else {
      if (isTimeSeries(frame)) results.graph.push(frame);
      if (frame.fields.length > 0) results.table.push(frame);
    }
  }
  return results;
}

/** Time and numbers and nothing else: a table that happens to have both is none. */
function isTimeSeries(frame: DataFrame): boolean {
  const types = frame.fields.map((field) => field.type);
  return (
    types.filter((type) => type === FieldType.time).length === 1 &&
    types.some((type) => type === FieldType.number) &&
    types.every((type) => type === FieldType.time || type === FieldType.number)
  );
}

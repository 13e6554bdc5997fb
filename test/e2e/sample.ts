/** The sample day's truth: what its labels.json says is on the picture. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Label {
  id: string;
  kind: string;
  sources: string[];
  targets: string[];
  events: number;
  min_port: number;
  max_port: number;
  start: string;
  end: string;
}

const file = path.resolve(import.meta.dirname, '../data/sample/labels.json');
export const labels = (JSON.parse(readFileSync(file, 'utf8')) as { scans: Label[] }).scans;

export function label(id: string): Label {
  const found = labels.find((each) => each.id === id);
  if (!found) throw new Error(`The sample's labels.json has no scan ${id}.`);
  return found;
}

export const DAY_FROM = Date.UTC(2026, 10, 22);
export const DAY_TO = Date.UTC(2026, 10, 23);
export const dayUrl = `/d/fireplot-day/fireplot-a-day?from=${DAY_FROM}&to=${DAY_TO}&timezone=utc`;
export const overviewUrl = `/d/fireplot-overview/overview?from=${DAY_FROM}&to=${DAY_TO}&timezone=utc`;

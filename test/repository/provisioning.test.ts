import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'provisioning', 'dashboards');
const boards = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, board: JSON.parse(readFileSync(path.join(folder, name), 'utf8')) }));

const OURS = ['fireplot-fireplot-panel'];
const CORE = ['timeseries', 'table', 'logs', 'stat', 'text', 'barchart', 'bargauge', 'row', 'heatmap'];

function* datasources(value: unknown): Generator<{ type: string; uid: string }> {
  if (Array.isArray(value)) for (const each of value) yield* datasources(each);
  else if (value && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'datasource') yield inner as { type: string; uid: string };
      else yield* datasources(inner);
    }
  }
}

describe.each(boards)('dashboard $name follows the rules of file provisioning', ({ board }) => {
  it('is classic JSON with a fixed uid and no id', () => {
    expect(board.id).toBeNull();
    expect(board.uid).toMatch(/^[A-Za-z0-9_-]{1,40}$/);
    expect(board.schemaVersion).toBeLessThanOrEqual(42);
    expect(JSON.stringify(board)).not.toMatch(/__inputs|\$\{DS_/);
  });

  it('names its data source by type and uid everywhere', () => {
    for (const each of datasources(board)) {
      expect(each.type).toBeTruthy();
      expect(['${datasource}', '-- Grafana --']).toContain(each.uid);
    }
  });

  it('has a data source variable that starts at the provisioned one', () => {
    const file = parse(readFileSync(path.join(root, 'provisioning/datasources/fireplot.yaml'), 'utf8'));
    const variable = board.templating.list.find((each: { type: string }) => each.type === 'datasource');
    expect(variable.current.value).toBe(file.datasources[0].uid);
    expect(variable.query).toBe(file.datasources[0].type);
  });

  it('uses core panels and ours only, none over another', () => {
    const seen = new Set<string>();
    for (const panel of board.panels) {
      expect([...OURS, ...CORE]).toContain(panel.type);
      for (let x = 0; x < panel.gridPos.w; x++) {
        for (let y = 0; y < panel.gridPos.h; y++) {
          const place = `${panel.gridPos.x + x},${panel.gridPos.y + y}`;
          expect(seen.has(place)).toBe(false);
          seen.add(place);
        }
      }
      expect(panel.gridPos.x + panel.gridPos.w).toBeLessThanOrEqual(24);
    }
  });
});

it('titles are unique in the folder, and so are uids', () => {
  expect(new Set(boards.map(({ board }) => board.title)).size).toBe(boards.length);
  expect(new Set(boards.map(({ board }) => board.uid)).size).toBe(boards.length);
});

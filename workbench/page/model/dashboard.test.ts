import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import day from '../../../provisioning/dashboards/fireplot-day.json';
import overview from '../../../provisioning/dashboards/fireplot-overview.json';
import { dataSourceRef } from './dataSourceRef';
import { parseDashboard, type Item, type Panel } from './dashboard';

const at = (x: number, y: number) => ({ gridPos: { x, y, w: 12, h: 8 } });
const shape = (items: Item[]) =>
  items.map((item) => (item.kind === 'row' ? [item.title, item.panels.map((panel) => panel.id)] : item.id));

describe('parseDashboard', () => {
  it("reads the project's own dashboards, every panel with its queries", () => {
    for (const [uid, json] of Object.entries({ 'fireplot-day': day, 'fireplot-overview': overview })) {
      const dashboard = parseDashboard(json);
      expect(dashboard.uid).toBe(uid);
      expect(dashboard.variables.map((variable) => variable.name)).toContain('datasource');
      const panels = dashboard.items as Panel[];
      expect(panels.length).toBeGreaterThan(0);
      for (const panel of panels) expect(panel.targets.every((target) => target.refId && target.queryType)).toBe(true);
    }
  });

  it('puts the panels that follow an open row into it, and leaves those of a collapsed row where they are', () => {
    const { items } = parseDashboard({
      panels: [
        { id: 1, type: 'text', ...at(0, 0) },
        { id: 2, type: 'row', title: 'open', ...at(0, 8) },
        { id: 4, type: 'table', ...at(12, 9) },
        { id: 3, type: 'stat', ...at(0, 9) },
        { id: 5, type: 'row', title: 'shut', collapsed: true, panels: [{ id: 6, type: 'logs' }], ...at(0, 17) },
        { id: 7, type: 'stat', ...at(0, 18) },
      ],
    });
    expect(shape(items)).toEqual([1, ['open', [3, 4]], ['shut', [6]], 7]);
  });

  it("leaves out Grafana's own annotations and keeps those of a data source", () => {
    const { annotations } = parseDashboard({
      panels: [],
      annotations: {
        list: [
          { builtIn: 1, name: 'Annotations & Alerts', datasource: { type: 'grafana', uid: '-- Grafana --' } },
          { name: 'old', datasource: '-- Grafana --' },
          { name: 'none' },
          {
            name: 'scans',
            datasource: { type: 'fireplot-firewall-datasource', uid: 'fireplot' },
            enable: false,
            hide: true,
          },
        ],
      },
    });
    expect(annotations.map(({ name, enabled, hidden }) => [name, enabled, hidden])).toEqual([['scans', false, true]]);
  });

  it('names queries that have no refId', () => {
    const { items } = parseDashboard({ panels: [{ type: 'stat', targets: [{}, { refId: 'X' }, {}] }] });
    expect((items[0] as Panel).targets.map((target) => target.refId)).toEqual(['A', 'X', 'C']);
  });

  it('refuses what is no classic dashboard, and says what it is', () => {
    expect(() => parseDashboard({ title: 'x' })).toThrow(/no panels/);
    expect(() => parseDashboard(null)).toThrow(/no panels/);
    expect(() => parseDashboard({ elements: {}, layout: {} })).toThrow(/schema v2/);
  });

  it('takes any JSON for panels, variables and links without throwing', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), fc.array(fc.jsonValue()), (panels, rest, list) => {
        const dashboard = parseDashboard({
          panels,
          templating: { list },
          links: list,
          time: rest,
          annotations: rest,
          timepicker: rest,
        });
        expect(Number.isFinite(dashboard.graphTooltip)).toBe(true);
        for (const item of dashboard.items) if (item.kind === 'panel') expect(Number.isFinite(item.grid.h)).toBe(true);
      }),
      { seed: 4, numRuns: 300 }
    );
  });
});

describe('dataSourceRef', () => {
  it('takes the object of today and the name of old files', () => {
    expect(dataSourceRef({ type: 't', uid: 'u' })).toEqual({ type: 't', uid: 'u' });
    expect(dataSourceRef('Loki')).toEqual({ uid: 'Loki' });
  });

  it('is undefined for nothing', () => {
    for (const value of [null, undefined, {}, 3, []]) expect(dataSourceRef(value)).toBeUndefined();
  });
});

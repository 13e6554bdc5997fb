import { config, setDataSourceSrv, setTemplateSrv, type DataSourceSrv, type TemplateSrv } from '@grafana/runtime';
import {
  AdHocFiltersVariable,
  DataSourceVariable,
  QueryVariable,
  sceneGraph,
  SceneGridRow,
  SceneQueryRunner,
  sceneUtils,
  TextBoxVariable,
  VizPanel,
} from '@grafana/scenes';
import { beforeAll, describe, expect, it } from 'vitest';
import overview from '../../../provisioning/dashboards/fireplot-overview.json';
import { parseDashboard } from '../model/dashboard';
import { addAdHocFilter } from './adhoc';
import { dashboardScene } from './dashboardScene';

describe('dashboardScene', () => {
  beforeAll(() => {
    config.datasources = {};
    setDataSourceSrv({ getInstanceSettings: () => undefined, getList: () => [] } as unknown as DataSourceSrv);
    setTemplateSrv({ replace: (text: string) => text, getAdhocFilters: () => [] } as unknown as TemplateSrv);
  });

  const build = (json: unknown) => dashboardScene(parseDashboard(json));

  it('makes a panel of each panel, on the grid and with its queries', () => {
    const scene = build(overview);
    const panels = sceneGraph.findAllObjects(scene, (each) => each instanceof VizPanel) as VizPanel[];
    expect(panels.map((panel) => [panel.getLegacyPanelId(), panel.state.pluginId])).toEqual(
      overview.panels.map((panel) => [panel.id, panel.type])
    );
    const runners = sceneGraph.findAllObjects(scene, (each) => each instanceof SceneQueryRunner) as SceneQueryRunner[];
    expect(runners.map((runner) => runner.state.queries[0]?.queryType)).toEqual(
      overview.panels.map((panel) => panel.targets[0]?.queryType)
    );
  });

  it('makes the variables, and they are in the address', () => {
    const scene = build(overview);
    const kinds = sceneGraph.getVariables(scene).state.variables.map((variable) => variable.constructor);
    expect(kinds).toEqual([DataSourceVariable, QueryVariable, AdHocFiltersVariable, TextBoxVariable, TextBoxVariable]);
    expect(sceneUtils.getUrlState(scene)).toMatchObject({
      from: 'now-24h',
      to: 'now',
      'var-datasource': 'fireplot',
      'var-port_from': '',
    });
  });

  it('says where a query comes from', () => {
    const scene = build(overview);
    const runner = sceneGraph.findObject(scene, (each) => each instanceof SceneQueryRunner);
    expect(scene.enrichDataRequest(runner!)).toEqual({
      app: 'dashboard',
      dashboardUID: 'fireplot-overview',
      dashboardTitle: 'Overview',
      panelId: 1,
      panelName: 'Fireplot',
      panelPluginId: 'fireplot-fireplot-panel',
    });
  });

  it('keeps a collapsed row shut with its panels in it', () => {
    const scene = build({
      panels: [{ id: 9, type: 'row', title: 'R', collapsed: true, panels: [{ id: 1, type: 'stat' }] }],
    });
    const row = sceneGraph.findObject(scene, (each) => each instanceof SceneGridRow) as SceneGridRow;
    expect([row.state.title, row.state.isCollapsed, row.state.children.length]).toEqual(['R', true, 1]);
  });

  it('takes times in epoch ms', () => {
    const scene = build({ panels: [], time: { from: '1795305600000', to: 'now' } });
    expect(sceneGraph.getTimeRange(scene).state.from).toBe('2026-11-22T00:00:00.000Z');
  });

  describe('addAdHocFilter', () => {
    const filter = { key: 'dst_port', operator: '=', value: '22' };
    const source = { type: 't', uid: 'fireplot' };
    const panel = { id: 1, type: 'stat', datasource: source, targets: [{ refId: 'A' }] };
    const add = (variables: unknown[]) => {
      const scene = build({ panels: [panel], templating: { list: variables } });
      addAdHocFilter(sceneGraph.findObject(scene, (each) => each instanceof VizPanel)!, [filter]);
      return sceneGraph
        .getVariables(scene)
        .state.variables.map((variable) =>
          variable instanceof AdHocFiltersVariable
            ? [variable.state.name, variable.state.filters.map(({ value }) => value)]
            : []
        );
    };

    it("goes to the ad-hoc variable of the panel's data source", () => {
      expect(add([{ name: 'f', type: 'adhoc', datasource: source, filters: [{ key: 'a', value: '1' }] }])).toEqual([
        ['f', ['1', '22']],
      ]);
    });

    it('makes one where there is none, or only one of another data source', () => {
      expect(add([])).toEqual([['Filters', ['22']]]);
      expect(add([{ name: 'f', type: 'adhoc', datasource: { uid: 'other' } }])).toEqual([
        ['f', []],
        ['Filters', ['22']],
      ]);
    });
  });
});

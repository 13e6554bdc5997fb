import { getDataSourceSrv, locationService } from '@grafana/runtime';
import { SafeSerializableSceneObject, sceneGraph, SceneQueryRunner, VizPanel, VizPanelMenu } from '@grafana/scenes';
import type { DataQuery } from '@grafana/schema';
import { exploreUrl } from '../model/explore';
import { urlTime } from '../model/time';

/** The panel's menu: what there is of Grafana's. */
export function panelMenu(): VizPanelMenu {
  return new VizPanelMenu({
    $behaviors: [
      (menu: VizPanelMenu) => {
        const panel = menu.parent;
        if (!(panel instanceof VizPanel)) return;
        menu.setState({
          items: [
            { text: 'View', iconClassName: 'eye', onClick: () => toggleView(panel) },
            { text: 'Explore', iconClassName: 'compass', onClick: () => void explore(panel) },
          ],
        });
      },
    ],
  });
}

/** One panel alone, and back, by Grafana's own URL parameter. */
function toggleView(panel: VizPanel): void {
  const shown = locationService.getSearchObject().viewPanel;
  locationService.partial({ viewPanel: shown ? null : panel.state.key });
}

/** Opens the panel's queries in Explore, which knows no dashboard variables: the data source replaces them before. */
async function explore(panel: VizPanel): Promise<void> {
  const runner = sceneGraph.findDescendents(panel, SceneQueryRunner)[0];
  if (!runner) return;
  const scopedVars = { __sceneObject: { text: '', value: new SafeSerializableSceneObject(panel) } };
  const ds = await getDataSourceSrv().get(runner.state.datasource, scopedVars);
  const filters = runner.state.data?.request?.filters;
  const asked: DataQuery[] = runner.state.queries;
  const queries = ds.interpolateVariablesInQueries?.(asked, scopedVars, filters) ?? asked;
  const { from, to } = sceneGraph.getTimeRange(panel).state;
  locationService.push(exploreUrl({ datasource: ds.uid, queries, from: urlTime(from), to: urlTime(to) }));
}

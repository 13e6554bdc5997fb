import { locationService } from '@grafana/runtime';
import { sceneGraph, SceneQueryRunner, VizPanel, VizPanelMenu } from '@grafana/scenes';
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
            { text: 'Explore', iconClassName: 'compass', onClick: () => explore(panel) },
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

function explore(panel: VizPanel): void {
  const runner = sceneGraph.findDescendents(panel, SceneQueryRunner)[0];
  if (!runner) return;
  const range = sceneGraph.getTimeRange(panel).state;
  const scopedVars = { __sceneObject: { text: '__sceneObject', value: { valueOf: () => panel } } };
  const queries = runner.state.queries.map((query) => interpolateDeep(panel, query));
  const uid = sceneGraph.interpolate(panel, runner.state.datasource?.uid ?? '', scopedVars);
  locationService.push(exploreUrl({ datasource: uid, queries, from: urlTime(range.from), to: urlTime(range.to) }));
}

/** Explore knows no dashboard variables: every text of the query is replaced by what it means now. */
function interpolateDeep<T>(panel: VizPanel, value: T): T {
  if (typeof value === 'string') return sceneGraph.interpolate(panel, value) as T;
  if (Array.isArray(value)) return value.map((each) => interpolateDeep(panel, each)) as T;
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, interpolateDeep(panel, each)])) as T;
  }
  return value;
}

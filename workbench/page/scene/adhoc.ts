import type { DataSourceRef } from '@grafana/data';
import {
  AdHocFiltersVariable,
  sceneGraph,
  SceneQueryRunner,
  SceneVariableSet,
  sceneUtils,
  type AdHocFilterWithLabels,
  type SceneObject,
} from '@grafana/scenes';
import { mergeFilter, type FilterItem } from '../model/adhoc';

/**
 * Adds filters to the dashboard's ad-hoc variable of the panel's data source; one is made when there is none, as
 * Grafana does.
 */
export function addAdHocFilter(panel: SceneObject, filters: FilterItem[]): void {
  const runner = sceneGraph.findDescendents(panel, SceneQueryRunner)[0];
  const datasource = runner?.state.datasource ?? null;
  const variable = variableFor(panel.getRoot(), datasource);
  let next: AdHocFilterWithLabels[] = variable.state.filters;
  for (const filter of filters) next = mergeFilter(next, filter);
  variable.updateFilters(next);
}

function variableFor(root: SceneObject, datasource: DataSourceRef | null): AdHocFiltersVariable {
  const set = sceneGraph.getVariables(root);
  const uidOf = (ref: DataSourceRef | null) => sceneGraph.interpolate(root, ref?.uid ?? '');
  for (const variable of set.state.variables) {
    if (sceneUtils.isAdHocVariable(variable) && uidOf(variable.state.datasource) === uidOf(datasource)) return variable;
  }
  const made = new AdHocFiltersVariable({
    name: 'Filters',
    datasource,
    filters: [],
    applyMode: 'auto',
    layout: 'combobox',
  });
  if (set instanceof SceneVariableSet) set.setState({ variables: [...set.state.variables, made] });
  return made;
}

import type { VariableHide, VariableRefresh } from '@grafana/data';
import {
  AdHocFiltersVariable,
  ConstantVariable,
  CustomVariable,
  DataSourceVariable,
  IntervalVariable,
  QueryVariable,
  SceneVariableSet,
  TextBoxVariable,
  type SceneVariable,
} from '@grafana/scenes';
import type { VariableSort } from '@grafana/schema';
import type { Variable } from '../model/variable';

export function variableSet(variables: Variable[]): SceneVariableSet {
  return new SceneVariableSet({ variables: variables.map(toSceneVariable) });
}

function toSceneVariable(variable: Variable): SceneVariable {
  const { name, label, skipUrlSync, description } = variable;
  const common = { name, label, skipUrlSync, description, hide: variable.hide as VariableHide };
  switch (variable.type) {
    case 'query':
      return new QueryVariable({
        ...common,
        ...selection(variable),
        datasource: variable.datasource ?? null,
        query: variable.query,
        definition: variable.definition,
        regex: variable.regex,
        refresh: variable.refresh as VariableRefresh,
        sort: variable.sort as VariableSort,
      });
    case 'custom':
      return new CustomVariable({ ...common, ...selection(variable), query: variable.query });
    case 'datasource':
      return new DataSourceVariable({
        ...common,
        ...selection(variable),
        pluginId: variable.pluginId,
        regex: variable.regex,
      });
    case 'textbox':
      return new TextBoxVariable({ ...common, value: variable.value });
    case 'constant':
      return new ConstantVariable({ ...common, value: variable.value });
    case 'interval':
      return new IntervalVariable({
        ...common,
        value: variable.value || (variable.intervals[0] ?? '1m'),
        intervals: variable.intervals,
        autoEnabled: variable.autoEnabled,
        autoStepCount: variable.autoStepCount,
        autoMinInterval: variable.autoMinInterval,
      });
    case 'adhoc':
      return new AdHocFiltersVariable({
        ...common,
        datasource: variable.datasource ?? null,
        filters: variable.filters,
        applyMode: 'auto',
        layout: 'combobox',
        supportsMultiValueOperators: true,
      });
  }
}

function selection(variable: Extract<Variable, { multi: boolean }>) {
  return {
    value: variable.value,
    text: variable.text,
    isMulti: variable.multi,
    includeAll: variable.includeAll,
    defaultToAll: variable.includeAll,
    allValue: variable.allValue,
  };
}

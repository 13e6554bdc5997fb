import type { AdHocVariableFilter, ScopedVars, TypedVariableModel } from '@grafana/data';
import type { TemplateSrv, VariableInterpolation } from '@grafana/runtime';
import {
  AdHocFiltersVariable,
  MultiValueVariable,
  sceneGraph,
  SceneObjectBase,
  type CustomVariableValue,
  type InterpolationFormatParameter,
  type SceneVariable,
} from '@grafana/scenes';
import '../scene/current';

/** Variables for plugins: of the panel that a query belongs to, else of the scene on screen. */
export class WorkbenchTemplateSrv implements TemplateSrv {
  replace(
    target = '',
    scopedVars?: ScopedVars,
    format?: InterpolationFormatParameter,
    interpolations?: VariableInterpolation[]
  ): string {
    const owner: unknown = scopedVars?.__sceneObject?.value?.valueOf();
    const scene = owner instanceof SceneObjectBase ? owner : window.__grafanaSceneContext;
    if (!scene) return replaceScoped(target, scopedVars);
    return sceneGraph.interpolate(scene, target, scopedVars, format, interpolations);
  }

  containsTemplate(target = ''): boolean {
    return /\$(\w+|\{[^}]+\})|\[\[[^\]]+\]\]/.test(target);
  }

  getVariables(): TypedVariableModel[] {
    const scene = window.__grafanaSceneContext;
    return scene ? sceneGraph.getVariables(scene).state.variables.map(toModel) : [];
  }

  /** Of old; scenes puts its own in this place, which knows the ad-hoc variables on screen. */
  getAdhocFilters(): AdHocVariableFilter[] {
    return [];
  }

  updateTimeRange(): void {
    // Scenes hold the time range; nothing is kept here.
  }
}

/** Without a scene (the settings page) only what the caller brings along is known. */
function replaceScoped(target: string, scopedVars: ScopedVars = {}): string {
  return target.replace(/\$(\w+)|\$\{(\w+)\}/g, (match, bare?: string, braced?: string) => {
    const value: unknown = scopedVars[bare ?? braced ?? '']?.value;
    return value === undefined ? match : String(value);
  });
}

/** Grafana's classic model of a variable, as far as plugins look at it. */
function toModel(variable: SceneVariable): TypedVariableModel {
  const { name, type, label, hide, skipUrlSync, description } = variable.state;
  const base = { id: name, global: false, index: 0, state: 'Done', error: null, rootStateKey: null };
  const common = { ...base, name, type, label: label ?? null, hide, skipUrlSync: skipUrlSync ?? false, description };
  if (variable instanceof AdHocFiltersVariable) {
    const { datasource, filters } = variable.state;
    return { ...common, datasource, filters, baseFilters: [] } as unknown as TypedVariableModel;
  }
  const value: unknown = readable(variable.getValue());
  const text: unknown = variable instanceof MultiValueVariable ? variable.state.text : value;
  const multi = variable instanceof MultiValueVariable ? { multi: variable.state.isMulti ?? false } : {};
  return {
    ...common,
    ...multi,
    current: { value, text, selected: true },
    options: [],
  } as unknown as TypedVariableModel;
}

function readable(value: unknown): unknown {
  return value && typeof value === 'object' && 'formatter' in value
    ? (value as CustomVariableValue).formatter()
    : value;
}

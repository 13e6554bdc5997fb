import type { DataQueryRequest } from '@grafana/data';
import {
  behaviors,
  dataLayers,
  SceneDataLayerControls,
  SceneDataLayerSet,
  sceneGraph,
  SceneObjectBase,
  SceneQueryRunner,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  VariableValueSelectors,
  VizPanel,
  type DataRequestEnricher,
  type SceneObject,
  type SceneObjectState,
} from '@grafana/scenes';
import type { AnnotationQuery, DashboardCursorSync } from '@grafana/data';
import type { WeekStart } from '@grafana/ui';
import type { Annotation, Dashboard } from '../model/dashboard';
import { timeText } from '../model/time';
import { gridOf } from './panels';
import { showScene } from './current';
import { variableSet } from './variables';

interface DashboardSceneState extends SceneObjectState {
  dashboard: Dashboard;
  controls: SceneObject[];
  picker: SceneTimePicker | null;
  refresh: SceneRefreshPicker;
  body: SceneObject;
}

/** A dashboard as a scene. Its queries say where they come from, as Grafana's do. */
export class DashboardScene extends SceneObjectBase<DashboardSceneState> implements DataRequestEnricher {
  constructor(state: DashboardSceneState) {
    super(state);
    this.addActivationHandler(() => showScene(this));
  }

  enrichDataRequest(source: SceneObject): Partial<DataQueryRequest> | null {
    const { uid, title } = this.state.dashboard;
    if (!(source instanceof SceneQueryRunner)) return { app: 'dashboard', dashboardUID: uid, dashboardTitle: title };
    const panel = sceneGraph.getAncestor(source, VizPanel);
    return {
      app: 'dashboard',
      dashboardUID: uid,
      dashboardTitle: title,
      panelId: panel.getLegacyPanelId(),
      panelName: panel.state.title,
      panelPluginId: panel.state.pluginId,
    };
  }
}

export function dashboardScene(dashboard: Dashboard): DashboardScene {
  return new DashboardScene({
    dashboard,
    $timeRange: new SceneTimeRange({
      from: timeText(dashboard.from),
      to: timeText(dashboard.to),
      timeZone: dashboard.timezone || undefined,
      weekStart: (dashboard.weekStart || undefined) as WeekStart | undefined,
    }),
    $variables: variableSet(dashboard.variables),
    $data: annotationLayers(dashboard.annotations),
    $behaviors: [new behaviors.CursorSync({ key: 'sync', sync: dashboard.graphTooltip as DashboardCursorSync })],
    controls: [
      new VariableValueSelectors({}),
      ...(dashboard.annotations.length > 0 ? [new SceneDataLayerControls()] : []),
    ],
    picker: dashboard.hideTimePicker ? null : new SceneTimePicker({ isOnCanvas: true }),
    refresh: new SceneRefreshPicker({
      refresh: dashboard.refresh,
      isOnCanvas: true,
      ...(dashboard.refreshIntervals.length > 0 ? { intervals: dashboard.refreshIntervals } : {}),
    }),
    body: gridOf(dashboard.items),
  });
}

function annotationLayers(annotations: Annotation[]): SceneDataLayerSet {
  return new SceneDataLayerSet({
    layers: annotations.map(
      (annotation) =>
        new dataLayers.AnnotationsDataLayer({
          key: `annotations-${annotation.name}`,
          name: annotation.name,
          query: annotation.query as unknown as AnnotationQuery,
          isEnabled: annotation.enabled,
          isHidden: annotation.hidden,
        })
    ),
  });
}

import { CoreApp, type FieldConfigSource } from '@grafana/data';
import {
  SceneDataTransformer,
  SceneGridItem,
  SceneGridLayout,
  SceneGridRow,
  SceneQueryRunner,
  VizPanel,
  type SceneDataProvider,
} from '@grafana/scenes';
import type { PanelContext } from '@grafana/ui';
import type { Item, Panel, Row } from '../model/dashboard';
import { addAdHocFilter } from './adhoc';
import { panelMenu } from './menu';

export function gridOf(items: Item[]): SceneGridLayout {
  return new SceneGridLayout({
    isLazy: true,
    isDraggable: false,
    isResizable: false,
    children: items.map((item) => (item.kind === 'row' ? rowOf(item) : cellOf(item))),
  });
}

function rowOf(row: Row): SceneGridRow {
  return new SceneGridRow({
    key: `row-${row.id}`,
    title: row.title,
    isCollapsed: row.collapsed,
    y: row.y,
    children: row.panels.map(cellOf),
  });
}

function cellOf(panel: Panel): SceneGridItem {
  const { x, y, w, h } = panel.grid;
  return new SceneGridItem({ key: `grid-item-${panel.id}`, x, y, width: w, height: h, body: vizPanel(panel) });
}

/** A panel keyed as in Grafana (panel-ID), so that queries carry its id. */
export function vizPanel(panel: Panel): VizPanel {
  return new VizPanel({
    key: `panel-${panel.id}`,
    pluginId: panel.type,
    title: panel.title,
    description: panel.description || undefined,
    hoverHeader: panel.title === '',
    displayMode: panel.transparent ? 'transparent' : 'default',
    options: panel.options,
    fieldConfig: panel.fieldConfig as unknown as FieldConfigSource,
    pluginVersion: panel.pluginVersion,
    menu: panelMenu(),
    extendPanelContext,
    $data: dataOf(panel),
  });
}

function dataOf(panel: Panel): SceneDataProvider | undefined {
  if (panel.targets.length === 0) return undefined;
  return new SceneDataTransformer({
    transformations: panel.transformations,
    $data: new SceneQueryRunner({
      queries: panel.targets,
      datasource: panel.datasource,
      maxDataPoints: panel.maxDataPoints,
      maxDataPointsFromWidth: true,
      minInterval: panel.interval,
      dataLayerFilter: { panelId: panel.id },
    }),
  });
}

/** What Grafana adds to a panel's context on a dashboard that is looked at, not edited. */
function extendPanelContext(panel: VizPanel, context: PanelContext): void {
  context.app = CoreApp.Dashboard;
  context.onAddAdHocFilter = (filter) => addAdHocFilter(panel, [filter]);
  context.onAddAdHocFilters = (filters) => addAdHocFilter(panel, filters);
  context.canAddAnnotations = () => false;
  context.canEditAnnotations = () => false;
  context.canDeleteAnnotations = () => false;
}

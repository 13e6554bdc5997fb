import { CoreApp, type PanelData } from '@grafana/data';
import { SceneDataNode, SceneObjectBase, VizPanel, type SceneObjectState } from '@grafana/scenes';
import type { FilterItem } from '../model/adhoc';
import type { ExploreResults } from '../model/exploreResults';

interface ResultPanelsState extends SceneObjectState {
  /** In the order in which Explore shows them. */
  panels: VizPanel[];
}

const STACKED = {
  custom: { drawStyle: 'bars', fillOpacity: 100, lineWidth: 0, stacking: { mode: 'normal', group: 'A' } },
};
const LEGEND = { legend: { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] } };

/** The panels below the queries: made when there is something for them, kept while there is. */
export class ResultPanels extends SceneObjectBase<ResultPanelsState> {
  private data: PanelData | null = null;
  private parts: ExploreResults | null = null;
  private volume: PanelData | null = null;

  constructor(private readonly onFilter: (filter: FilterItem) => void) {
    super({ panels: [] });
  }

  show(data: PanelData, parts: ExploreResults): void {
    this.data = data;
    this.parts = parts;
    this.update();
  }

  /** null when there is no volume to show. */
  showVolume(volume: PanelData | null): void {
    this.volume = volume;
    this.update();
  }

  private update(): void {
    const { data, parts, volume } = this;
    if (!data || !parts) return;
    const panels: VizPanel[] = [];
    const add = (key: string, pluginId: string, title: string, shown: PanelData, extra = {}) =>
      panels.push(this.panel(key, pluginId, title, shown, extra));
    for (const [plugin, frames] of Object.entries(parts.custom)) {
      add(`custom-${plugin}`, plugin, plugin, { ...data, series: frames });
    }
    if (parts.graph.length > 0) {
      add(
        'graph',
        'timeseries',
        'Graph',
        { ...data, series: parts.graph },
        { options: { ...LEGEND, tooltip: { mode: 'multi', sort: 'none' } } }
      );
    }
    if (volume && volume.series.length > 0 && parts.logs.length > 0) {
      const options = { ...LEGEND, tooltip: { mode: 'multi', sort: 'none' } };
      add('volume', 'timeseries', 'Logs volume', volume, {
        options,
        fieldConfig: { defaults: STACKED, overrides: [] },
      });
    }
    if (parts.logs.length > 0) {
      add('logs', 'logs', 'Logs', { ...data, series: parts.logs });
    }
    if (parts.table.length > 0) add('table', 'table', 'Table', { ...data, series: parts.table });
    this.setState({ panels });
  }

  /** The panel of that key with new data: a new one would lose sorting and open rows. */
  private panel(key: string, pluginId: string, title: string, data: PanelData, extra: object): VizPanel {
    const old = this.state.panels.find((each) => each.state.key === key);
    if (old?.state.$data instanceof SceneDataNode) {
      old.state.$data.setState({ data });
      return old;
    }
    return new VizPanel({
      key,
      pluginId,
      title,
      $data: new SceneDataNode({ data }),
      extendPanelContext: (_, context) => {
        context.app = CoreApp.Explore;
        context.onAddAdHocFilter = this.onFilter;
      },
      ...extra,
    });
  }
}

export const resultPanels = (onFilter: (filter: FilterItem) => void) => new ResultPanels(onFilter);

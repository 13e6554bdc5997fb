import { CoreApp, LoadingState, type DataQueryRequest, type DataSourceApi, type PanelData } from '@grafana/data';
import {
  SceneObjectBase,
  SceneQueryRunner,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  type DataRequestEnricher,
  type SceneObjectState,
} from '@grafana/scenes';
import type { DataQuery } from '@grafana/schema';
import type { Subscription } from 'rxjs';
import type { FilterItem } from '../model/adhoc';
import { splitFrames } from '../model/exploreResults';
import type { Pane } from '../model/explore';
import { timeText, urlTime } from '../model/time';
import { showScene } from './current';
import { resultPanels, type ResultPanels } from './exploreResults';
import { logVolume, volumeFrames } from './logVolume';

interface ExploreState extends SceneObjectState {
  ds: DataSourceApi;
  $timeRange: SceneTimeRange;
  $data: SceneQueryRunner;
  picker: SceneTimePicker;
  refresh: SceneRefreshPicker;
  results: ResultPanels;
  live: boolean;
}

/** One pane of Explore: queries on one data source, and panels on what they answered. */
export class ExploreScene extends SceneObjectBase<ExploreState> implements DataRequestEnricher {
  private volume: Subscription | null = null;
  private answered: DataQueryRequest | undefined;

  constructor(ds: DataSourceApi, pane: Pane) {
    const queries = pane.queries.length > 0 ? pane.queries : [{ ...ds.getDefaultQuery?.(CoreApp.Explore), refId: 'A' }];
    super({
      ds,
      $timeRange: new SceneTimeRange({ from: timeText(pane.from), to: timeText(pane.to) }),
      $data: new SceneQueryRunner({
        datasource: ds.getRef(),
        queries: queries.map((query) => ({ ...query, datasource: ds.getRef() })),
        maxDataPoints: Math.max(100, Math.round(window.innerWidth - 80)),
        runQueriesMode: 'auto',
      }),
      picker: new SceneTimePicker({ isOnCanvas: true }),
      refresh: new SceneRefreshPicker({ isOnCanvas: true, withText: true, primary: true }),
      results: resultPanels((filter) => this.filter(filter)),
      live: false,
    });
    this.addActivationHandler(() => {
      const hide = showScene(this);
      this._subs.add(this.state.$data.subscribeToState(({ data }) => data && this.take(data)));
      return () => {
        this.volume?.unsubscribe();
        hide();
      };
    });
  }

  enrichDataRequest(): Partial<DataQueryRequest> {
    return { app: CoreApp.Explore };
  }

  pane(): Pane {
    const { from, to } = this.state.$timeRange.state;
    const queries: DataQuery[] = this.state.$data.state.queries;
    return { datasource: this.state.ds.uid, queries, from: urlTime(from), to: urlTime(to) };
  }

  /** Keeps what an editor changed; nothing runs yet. */
  setQueries(queries: DataQuery[]): void {
    const datasource = this.state.ds.getRef();
    this.state.$data.setState({ queries: queries.map((query) => ({ ...query, datasource })) });
  }

  run(): void {
    this.state.$data.runQueries();
  }

  /** Live tail: the data source decides what it streams. */
  setLive(live: boolean): void {
    this.setState({ live });
    this.state.$data.setState({ liveStreaming: live });
    if (live) {
      // What was counted is not what now comes.
      this.volume?.unsubscribe();
      this.state.results.showVolume(null);
      this.run();
    } else this.state.$data.cancelQuery();
  }

  /** A filter from a log row or a table cell becomes part of every query, where the data source can do that. */
  private filter({ key, value, operator }: FilterItem): void {
    const { ds } = this.state;
    const type = operator === '=' ? 'ADD_FILTER' : 'ADD_FILTER_OUT';
    if (!ds.modifyQuery) return;
    const options = { key, value };
    this.setQueries(this.pane().queries.map((query) => ds.modifyQuery?.(query, { type, options }) ?? query));
    this.run();
  }

  private take(data: PanelData): void {
    if (data.state === LoadingState.Loading) return;
    const { results } = this.state;
    const parts = splitFrames(data.series);
    results.show(data, parts);
    if (parts.logs.length > 0 && data.request && data.request !== this.answered && !this.state.live) {
      this.answered = data.request;
      this.askVolume(data.request);
    } else if (parts.logs.length === 0) {
      results.showVolume(null);
    }
  }

  private askVolume(request: DataQueryRequest): void {
    this.volume?.unsubscribe();
    this.volume =
      logVolume(this.state.ds, request)?.subscribe((data) =>
        this.state.results.showVolume({ ...data, series: volumeFrames(data.series) })
      ) ?? null;
    if (!this.volume) this.state.results.showVolume(null);
  }
}

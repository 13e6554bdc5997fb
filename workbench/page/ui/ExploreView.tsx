import { css } from '@emotion/css';
import { LoadingState, type GrafanaTheme2, type PanelData } from '@grafana/data';
import { config } from '@grafana/runtime';
import { Alert, Combobox, LoadingBar, ToolbarButton, useStyles2 } from '@grafana/ui';
import { useEffect, useRef } from 'react';
import type { ExploreScene } from '../scene/exploreScene';
import { ExplorePanels } from './ExplorePanels';
import { QueryRows } from './QueryRows';

interface Props {
  scene: ExploreScene;
  /** Called after a run; replace says that the first address of the pane is only made complete. */
  onStateChange: (replace: boolean) => void;
  onDataSourceChange: (uid: string) => void;
}

export function ExploreView({ scene, onStateChange, onDataSourceChange }: Props) {
  const styles = useStyles2(getStyles);
  const { ds, picker, refresh, results, live, $data, $timeRange } = scene.useState();
  const { data } = $data.useState();
  const { value: range } = $timeRange.useState();
  useEffect(() => scene.activate(), [scene]);
  const request = data?.request?.requestId;
  const written = useRef(false);
  useEffect(() => {
    if (!request) return;
    onStateChange(!written.current);
    written.current = true;
    // The callback is new at each render; only a new run writes the address.
  }, [request]);
  return (
    <div className={styles.view}>
      <div className={styles.toolbar}>
        <div className={styles.source}>
          <Combobox
            aria-label="Data source"
            options={Object.values(config.datasources).map(({ uid, name }) => ({ value: uid, label: name }))}
            value={ds.uid}
            onChange={({ value }) => onDataSourceChange(value)}
          />
        </div>
        <div className={styles.right}>
          {ds.meta.streaming && (
            <ToolbarButton
              icon={live ? 'pause' : 'play'}
              variant={live ? 'active' : 'canvas'}
              aria-label="Live"
              tooltip={live ? 'Stop the live tail' : 'Show new rows as they come'}
              onClick={() => scene.setLive(!live)}
            >
              Live
            </ToolbarButton>
          )}
          <picker.Component model={picker} />
          <refresh.Component model={refresh} />
        </div>
      </div>
      <QueryRows scene={scene} data={data} range={range} />
      <div className={styles.bar}>
        {data?.state === LoadingState.Loading && <LoadingBar width={window.innerWidth - 40} />}
      </div>
      <Problems data={data} />
      <ExplorePanels results={results} done={data?.state === LoadingState.Done} />
    </div>
  );
}

function Problems({ data }: { data: PanelData | undefined }) {
  const errors = data?.errors ?? (data?.error ? [data.error] : []);
  return errors.map((error, i) => (
    <Alert key={i} severity="error" title={`Query error${error.refId ? ` in ${error.refId}` : ''}`}>
      {error.message ?? error.data?.message ?? 'The data source gave no reason.'}
    </Alert>
  ));
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ padding: theme.spacing(1.5, 2, 2), display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  toolbar: css({ display: 'flex', gap: theme.spacing(1), flexWrap: 'wrap' }),
  source: css({ width: 280 }),
  right: css({ display: 'flex', gap: theme.spacing(1), marginLeft: 'auto' }),
  bar: css({ height: 2, overflow: 'hidden' }),
});

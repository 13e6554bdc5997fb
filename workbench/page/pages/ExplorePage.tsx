import { css } from '@emotion/css';
import type { DataSourceApi, GrafanaTheme2 } from '@grafana/data';
import { config, getDataSourceSrv, locationService } from '@grafana/runtime';
import { Alert, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { EMPTY_PANE, exploreUrl, parsePanes } from '../model/explore';
import { ExploreScene } from '../scene/exploreScene';
import { ExploreView } from '../ui/ExploreView';
import { useTitle } from '../ui/Page';
import { describe } from '../ui/useRequest';

/** Explore on one pane. The address is the state: it is read at the start and when it changes, and written at each run. */
export function ExplorePage() {
  useTitle('Explore');
  const styles = useStyles2(getStyles);
  const { search } = useLocation();
  const [pane, setPane] = useState(() => parsePanes(search) ?? EMPTY_PANE);
  // The address that the scene stands for: what the page wrote itself is no reason to start anew.
  const address = useRef(search);
  useEffect(() => {
    if (search === address.current) return;
    address.current = search;
    setPane(parsePanes(search) ?? EMPTY_PANE);
  }, [search]);
  const ds = useDataSource(pane.datasource);
  const scene = useMemo(() => (ds.api ? new ExploreScene(ds.api, pane) : null), [ds.api, pane]);

  if (Object.keys(config.datasources).length === 0) {
    return <Alert severity="info" title="There is no data source to explore." className={styles.pad} />;
  }
  if (ds.error) return <Alert title={ds.error} className={styles.pad} />;
  if (!scene) return <LoadingPlaceholder text="Loading data source" className={styles.pad} />;
  const write = (replace: boolean) => {
    const url = exploreUrl(scene.pane());
    const next = url.slice(url.indexOf('?'));
    if (next === address.current) return;
    address.current = next;
    if (replace) locationService.replace(url);
    else locationService.push(url);
  };
  const change = (datasource: string) => {
    const { from, to } = scene.pane();
    locationService.push(exploreUrl({ datasource, queries: [], from, to }));
  };
  return <ExploreView key={scene.state.key} scene={scene} onStateChange={write} onDataSourceChange={change} />;
}

function useDataSource(uid: string): { api?: DataSourceApi; error?: string } {
  const [loaded, setLoaded] = useState<{ uid: string; api?: DataSourceApi; error?: string }>({ uid });
  useEffect(() => {
    let current = true;
    getDataSourceSrv()
      .get(uid || null)
      .then((api) => current && setLoaded({ uid, api }))
      .catch((error: unknown) => current && setLoaded({ uid, error: describe(error) }));
    return () => {
      current = false;
    };
  }, [uid]);
  return loaded.uid === uid ? loaded : {};
}

const getStyles = (theme: GrafanaTheme2) => ({ pad: css({ margin: theme.spacing(2) }) });

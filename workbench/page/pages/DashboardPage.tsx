import { css } from '@emotion/css';
import { useStyles2, Alert, LoadingPlaceholder } from '@grafana/ui';
import type { GrafanaTheme2 } from '@grafana/data';
import { UrlSyncContextProvider } from '@grafana/scenes';
import { useMemo } from 'react';
import { useParams } from 'react-router-dom';
import { parseDashboard } from '../model/dashboard';
import { dashboardScene } from '../scene/dashboardScene';
import { DashboardView } from '../ui/DashboardView';
import { useTitle } from '../ui/Page';
import { useRequest } from '../ui/useRequest';

interface Answer {
  dashboard: unknown;
}

export function DashboardPage() {
  const { uid = '' } = useParams();
  const styles = useStyles2(getStyles);
  const request = useRequest<Answer>(`/api/dashboards/uid/${encodeURIComponent(uid)}`);
  if (request.state === 'loading') return <LoadingPlaceholder text="Loading dashboard" className={styles.pad} />;
  if (request.state === 'failed') return <Alert title={`${request.error} (${uid})`} className={styles.pad} />;
  return <Loaded key={uid} json={request.data.dashboard} />;
}

function Loaded({ json }: { json: unknown }) {
  const scene = useMemo(() => dashboardScene(parseDashboard(json)), [json]);
  useTitle(scene.state.dashboard.title);
  return (
    <UrlSyncContextProvider scene={scene} createBrowserHistorySteps>
      <DashboardView scene={scene} />
    </UrlSyncContextProvider>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({ pad: css({ margin: theme.spacing(2) }) });

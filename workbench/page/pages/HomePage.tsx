import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { config } from '@grafana/runtime';
import { Alert, Card, LoadingPlaceholder, TagList, useStyles2 } from '@grafana/ui';
import { Page } from '../ui/Page';
import { useRequest } from '../ui/useRequest';

interface Found {
  uid: string;
  title: string;
  url: string;
  tags: string[];
  folderTitle: string;
}

interface HostState {
  problems: string[];
}

/** The provisioned dashboards, and the way to Explore and to the data sources. */
export function HomePage() {
  const styles = useStyles2(getStyles);
  const dashboards = useRequest<Found[]>('/api/search');
  const host = useRequest<HostState>('/api/workbench/state');
  return (
    <Page title="Dashboards" subTitle="Read from the provisioning folder; a changed file is there at the next load.">
      {dashboards.state === 'loading' && <LoadingPlaceholder text="Loading dashboards" />}
      {dashboards.state === 'failed' && <Alert title={`The dashboards could not be listed: ${dashboards.error}`} />}
      {dashboards.state === 'done' && dashboards.data.length === 0 && (
        <Alert severity="info" title="The provisioning folder holds no dashboards." />
      )}
      {dashboards.state === 'done' &&
        dashboards.data.map(({ uid, title, url, tags, folderTitle }) => (
          <Card key={uid} href={url} noMargin className={styles.card}>
            <Card.Heading>{title}</Card.Heading>
            <Card.Meta>{folderTitle || 'General'}</Card.Meta>
            <Card.Tags>
              <TagList tags={tags} />
            </Card.Tags>
          </Card>
        ))}
      {host.state === 'done' &&
        host.data.problems.map((problem) => (
          <Alert key={problem} severity="warning" title={problem} className={styles.card} />
        ))}
      <h2 className={styles.heading}>Look further</h2>
      <Card href="/explore" noMargin className={styles.card}>
        <Card.Heading>Explore</Card.Heading>
        <Card.Description>Ask a data source one question after the other.</Card.Description>
      </Card>
      {Object.values(config.datasources).map(({ uid, name, meta }) => (
        <Card key={uid} href={`/connections/datasources/edit/${uid}`} noMargin className={styles.card}>
          <Card.Heading>{name}</Card.Heading>
          <Card.Description>Settings and health of the data source ({meta.id}).</Card.Description>
        </Card>
      ))}
    </Page>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  card: css({ marginBottom: theme.spacing(1) }),
  heading: css({ ...theme.typography.h4, marginTop: theme.spacing(4) }),
});

import { config } from '@grafana/runtime';
import { Alert, Badge, Card, Stack } from '@grafana/ui';
import { Page } from '../ui/Page';

export function DataSourceListPage() {
  const sources = Object.values(config.datasources);
  return (
    <Page title="Data sources" subTitle="Provisioned by YAML; what is changed here lasts until the workbench stops.">
      {sources.length === 0 && (
        <Alert severity="info" title="No data source is provisioned for a plugin that is loaded." />
      )}
      <Stack direction="column" gap={1}>
        {sources.map(({ uid, name, meta, isDefault }) => (
          <Card key={uid} href={`/connections/datasources/edit/${uid}`} noMargin>
            <Card.Heading>{name}</Card.Heading>
            <Card.Figure>
              <img src={`/${meta.info.logos.small}`} alt="" width={40} height={40} />
            </Card.Figure>
            <Card.Meta>{[meta.name, uid]}</Card.Meta>
            {isDefault && (
              <Card.Tags>
                <Badge text="default" color="blue" />
              </Card.Tags>
            )}
          </Card>
        ))}
      </Stack>
    </Page>
  );
}

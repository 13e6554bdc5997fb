import { Alert, LoadingPlaceholder } from '@grafana/ui';
import { useParams } from 'react-router-dom';
import { DataSourceSettingsForm, type StoredSettings } from '../ui/DataSourceSettingsForm';
import { Page } from '../ui/Page';
import { useRequest } from '../ui/useRequest';

/** The settings of one data source: its own editor, Grafana's Save & test. */
export function DataSourcePage() {
  const { uid = '' } = useParams();
  const request = useRequest<StoredSettings>(`/api/datasources/uid/${encodeURIComponent(uid)}`);
  if (request.state === 'loading') return <LoadingPlaceholder text="Loading data source" />;
  if (request.state === 'failed') {
    return (
      <Page title="Data source">
        <Alert title={`${request.error} (${uid})`} />
      </Page>
    );
  }
  const { name, typeName, readOnly } = request.data;
  const lasting = readOnly ? 'Provisioned as read-only.' : 'What is changed here lasts until the workbench stops.';
  return (
    <Page title={name} subTitle={`${typeName}. ${lasting}`}>
      <DataSourceSettingsForm key={uid} stored={request.data} />
    </Page>
  );
}

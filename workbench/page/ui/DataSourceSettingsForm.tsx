import type { DataSourceApi, DataSourcePlugin, DataSourceSettings } from '@grafana/data';
import { config, getBackendSrv, getDataSourceSrv } from '@grafana/runtime';
import { Alert, Button, ErrorBoundaryAlert, LinkButton, LoadingPlaceholder, Stack } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { exploreUrl } from '../model/explore';
import { importDataSourcePlugin } from '../runtime/plugins';
import { describe } from './useRequest';

export type StoredSettings = DataSourceSettings & { typeName: string };

type Outcome = { severity: 'success' | 'error' | 'info'; title: string; detail?: string };

export function DataSourceSettingsForm({ stored }: { stored: StoredSettings }) {
  const [options, setOptions] = useState<DataSourceSettings>(stored);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [busy, setBusy] = useState(false);
  const loaded = usePlugin(stored.uid);

  const submit = async () => {
    setBusy(true);
    setOutcome(await saveAndTest(options, setOptions).catch((error: unknown) => failure(error)));
    setBusy(false);
  };

  if (loaded.error) return <Alert title={`The plugin could not be loaded: ${loaded.error}`} />;
  if (!loaded.plugin) return <LoadingPlaceholder text="Loading plugin" />;
  const Editor = loaded.plugin.components.ConfigEditor;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ErrorBoundaryAlert>
        {Editor ? (
          <Editor options={options} onOptionsChange={setOptions} />
        ) : (
          <Alert severity="info" title="This data source has no settings." />
        )}
      </ErrorBoundaryAlert>
      {outcome && (
        <Alert severity={outcome.severity} title={outcome.title} data-testid="data-testid Alert">
          {outcome.detail}
        </Alert>
      )}
      <Stack>
        <Button type="submit" disabled={busy} data-testid="data-testid Data source settings page Save and Test button">
          {stored.readOnly ? 'Test' : 'Save & test'}
        </Button>
        <LinkButton
          variant="secondary"
          href={exploreUrl({ datasource: stored.uid, queries: [], from: 'now-1h', to: 'now' })}
        >
          Explore data
        </LinkButton>
      </Stack>
    </form>
  );
}

async function saveAndTest(options: DataSourceSettings, adopt: (saved: DataSourceSettings) => void): Promise<Outcome> {
  const url = `/api/datasources/uid/${encodeURIComponent(options.uid)}`;
  if (!options.readOnly) {
    const answer = await getBackendSrv().put<{ datasource: DataSourceSettings }>(url, options, {
      showErrorAlert: false,
    });
    adopt(answer.datasource);
    await getDataSourceSrv().reload();
  }
  const ds = await getDataSourceSrv().get(options.uid);
  const result: { status?: string; message?: string } = await ds.testDatasource();
  const severity = result.status === 'success' || result.status === 'OK' ? 'success' : 'error';
  return { severity, title: result.message ?? 'The data source said nothing.' };
}

/** A failed test rejects with what it found out; the health check's details hold the advice. */
function failure(error: unknown): Outcome {
  const { message, error: inner } = (error ?? {}) as {
    message?: string;
    error?: { details?: Record<string, unknown> };
  };
  const details = inner?.details ?? {};
  const detail = [details.verboseMessage, details.message].find((each) => typeof each === 'string') as
    | string
    | undefined;
  return { severity: 'error', title: message ?? describe(error), detail: detail === message ? undefined : detail };
}

function usePlugin(uid: string): { plugin?: DataSourcePlugin<DataSourceApi>; error?: string } {
  const [state, setState] = useState<{ plugin?: DataSourcePlugin<DataSourceApi>; error?: string }>({});
  useEffect(() => {
    let current = true;
    const settings = Object.values(config.datasources).find((each) => each.uid === uid);
    const loading = settings ? importDataSourcePlugin(settings.meta) : Promise.reject(new Error('no such data source'));
    loading
      .then((plugin) => current && setState({ plugin }))
      .catch((error: unknown) => current && setState({ error: describe(error) }));
    return () => {
      current = false;
    };
  }, [uid]);
  return state;
}

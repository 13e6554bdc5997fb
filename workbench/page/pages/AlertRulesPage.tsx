import { Alert, InteractiveTable, LoadingPlaceholder, TagList } from '@grafana/ui';
import { useMemo } from 'react';
import { Page } from '../ui/Page';
import { useRequest } from '../ui/useRequest';

interface Rule {
  uid: string;
  title: string;
  folder: string;
  group: string;
  interval: string;
  for: string;
  labels: Record<string, string> | null;
  summary: string;
}

/** Provisioned alert rules: read and checked, never evaluated. */
export function AlertRulesPage() {
  const state = useRequest<{ alertRules: Rule[] }>('/api/workbench/state');
  const columns = useMemo(
    () => [
      { id: 'title', header: 'Rule' },
      { id: 'group', header: 'Group' },
      { id: 'interval', header: 'Every' },
      { id: 'for', header: 'For' },
      {
        id: 'labels',
        header: 'Labels',
        cell: ({ row }: { row: { original: Rule } }) => (
          <TagList tags={Object.entries(row.original.labels ?? {}).map(([key, value]) => `${key}=${value}`)} />
        ),
      },
    ],
    []
  );
  return (
    <Page title="Alert rules" subTitle="Listed as provisioned. The workbench does not evaluate them; Grafana does.">
      {state.state === 'loading' && <LoadingPlaceholder text="Loading rules" />}
      {state.state === 'failed' && <Alert title={`The rules could not be listed: ${state.error}`} />}
      {state.state === 'done' && state.data.alertRules.length === 0 && (
        <Alert severity="info" title="The provisioning folder holds no alert rules." />
      )}
      {state.state === 'done' && state.data.alertRules.length > 0 && (
        <InteractiveTable columns={columns} data={state.data.alertRules} getRowId={(rule) => rule.uid} />
      )}
    </Page>
  );
}

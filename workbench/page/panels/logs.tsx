import type { PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { usePanelContext } from '@grafana/ui';
import { useMemo } from 'react';
import { logRows } from '../model/logRows';
import { LogList } from './LogList';
import { standIn } from './standIn';

interface Options {
  showTime: boolean;
  showLabels: boolean;
  wrapLogMessage: boolean;
  enableLogDetails: boolean;
  sortOrder: 'Ascending' | 'Descending';
}

function LogsPanel({ data, options, timeZone, id, fieldConfig }: PanelProps<Options>) {
  const { onAddAdHocFilter } = usePanelContext();
  const rows = useMemo(() => logRows(data.series, options.sortOrder === 'Ascending'), [data.series, options.sortOrder]);
  if (rows.length === 0) return <PanelDataErrorView panelId={id} fieldConfig={fieldConfig} data={data} />;
  return (
    <LogList
      rows={rows}
      timeZone={timeZone}
      showTime={options.showTime}
      showLabels={options.showLabels}
      wrap={options.wrapLogMessage}
      expandable={options.enableLogDetails}
      onFilter={onAddAdHocFilter}
    />
  );
}

export const logs = standIn<Options>({
  id: 'logs',
  name: 'Logs',
  panel: LogsPanel,
  defaults: {
    showTime: true,
    showLabels: false,
    wrapLogMessage: false,
    enableLogDetails: true,
    sortOrder: 'Descending',
  },
});

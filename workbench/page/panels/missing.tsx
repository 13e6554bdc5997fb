import type { PanelPlugin } from '@grafana/data';
import { Alert } from '@grafana/ui';
import { standIn } from './standIn';

/** Says, in its place, that a panel is neither hosted nor stood in for. */
export function missingPanel(id: string): PanelPlugin {
  return standIn({
    id,
    name: id,
    skipDataQuery: true,
    defaults: {},
    panel: () => (
      <Alert severity="warning" title={`Panel plugin not found: ${id}`}>
        The workbench stands in for a few of Grafana&apos;s own panels only; Grafana may draw this one.
      </Alert>
    ),
  });
}

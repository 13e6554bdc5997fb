import { css } from '@emotion/css';
import type { VizPanel } from '@grafana/scenes';
import { Alert, useStyles2 } from '@grafana/ui';
import type { ResultPanels } from '../scene/exploreResults';

const HEIGHTS: Record<string, number> = { graph: 340, volume: 200, logs: 700, table: 440 };
const OWN_PANEL = 560;

/** What the queries answered, one panel a kind. */
export function ExplorePanels({ results, done }: { results: ResultPanels; done: boolean }) {
  const { panels } = results.useState();
  if (panels.length === 0 && done) return <Alert severity="info" title="The query answered no data." />;
  return panels.map((panel) => <Sized key={panel.state.key} panel={panel} />);
}

function Sized({ panel }: { panel: VizPanel }) {
  const styles = useStyles2(() => ({ box: css({ position: 'relative', flexShrink: 0 }) }));
  return (
    <div className={styles.box} style={{ height: HEIGHTS[panel.state.key ?? ''] ?? OWN_PANEL }}>
      <panel.Component model={panel} />
    </div>
  );
}

import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { sceneGraph, VizPanel } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';
import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';
import type { DashboardScene } from '../scene/dashboardScene';
import { DashboardLinks } from './DashboardLinks';

/** A dashboard: its controls, stuck to the top as in Grafana, and its panels or the one that `?viewPanel=` names. */
export function DashboardView({ scene }: { scene: DashboardScene }) {
  const styles = useStyles2(getStyles);
  const { controls, body, picker, refresh, dashboard } = scene.useState();
  const { search } = useLocation();
  useEffect(() => scene.activate(), [scene]);
  const wanted = new URLSearchParams(search).get('viewPanel');
  const single = wanted
    ? sceneGraph.findObject(scene, (each) => each instanceof VizPanel && each.state.key === panelKey(wanted))
    : null;
  return (
    <div className={styles.view}>
      <div className={styles.controls} data-testid="data-testid dashboard controls">
        <div className={styles.left}>
          {controls.map((control) => (
            <control.Component key={control.state.key} model={control} />
          ))}
        </div>
        <div className={styles.right}>
          <DashboardLinks links={dashboard.links} scene={scene} />
          {picker && <picker.Component model={picker} />}
          <refresh.Component model={refresh} />
        </div>
      </div>
      {single ? (
        <div className={styles.single}>
          <div className={styles.fill}>
            <single.Component model={single} />
          </div>
        </div>
      ) : (
        <div className={styles.body}>
          <body.Component model={body} />
        </div>
      )}
    </div>
  );
}

/** Grafana writes panel-3 and, in old links, 3. */
const panelKey = (id: string) => (/^\d+$/.test(id) ? `panel-${id}` : id);

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({ display: 'flex', flexDirection: 'column', flexGrow: 1 }),
  controls: css({
    position: 'sticky',
    top: 40,
    zIndex: theme.zIndex.activePanel,
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 2, 1),
    background: theme.colors.background.canvas,
  }),
  left: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), flexGrow: 1, minWidth: 0 }),
  right: css({ display: 'flex', gap: theme.spacing(1), flexShrink: 0 }),
  body: css({ flexGrow: 1, display: 'flex', padding: theme.spacing(0.5, 2, 2) }),
  fill: css({ position: 'absolute', inset: 0 }),
  single: css({ flexGrow: 1, position: 'relative', margin: theme.spacing(0.5, 2, 2), minHeight: 400 }),
});

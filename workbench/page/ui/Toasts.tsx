import { css } from '@emotion/css';
import { AppEvents, type GrafanaTheme2 } from '@grafana/data';
import { Alert, Portal, useStyles2, type AlertVariant } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { appEvents } from '../runtime/appEvents';

interface Toast {
  key: number;
  severity: AlertVariant;
  title: string;
  detail: string;
}

const SECONDS = 6;
const KINDS: Array<[typeof AppEvents.alertError, AlertVariant]> = [
  [AppEvents.alertError, 'error'],
  [AppEvents.alertWarning, 'warning'],
  [AppEvents.alertSuccess, 'success'],
  [AppEvents.alertInfo, 'info'],
];

let lastKey = 0;

/** What plugins and services announce by app events, for a few seconds. */
export function Toasts() {
  const styles = useStyles2(getStyles);
  const [toasts, setToasts] = useState<Toast[]>([]);
  const drop = (key: number) => setToasts((all) => all.filter((each) => each.key !== key));
  useEffect(() => {
    const stop = KINDS.map(([kind, severity]) => {
      const show = (payload: unknown) => {
        const [title = '', detail = ''] = [payload].flat().map(String);
        const key = ++lastKey;
        setToasts((all) => [...all.slice(-3), { key, severity, title, detail }]);
        window.setTimeout(drop, SECONDS * 1000, key);
      };
      appEvents.on(kind, show);
      return () => appEvents.off(kind, show);
    });
    return () => stop.forEach((each) => each());
  }, []);
  if (toasts.length === 0) return null;
  return (
    <Portal>
      <div className={styles.stack}>
        {toasts.map(({ key, severity, title, detail }) => (
          <Alert key={key} severity={severity} title={title} elevated onRemove={() => drop(key)}>
            {detail}
          </Alert>
        ))}
      </div>
    </Portal>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  stack: css({ position: 'fixed', top: 56, right: theme.spacing(2), width: 400, zIndex: theme.zIndex.portal }),
});

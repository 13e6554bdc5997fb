import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import { dateTimeFormat, LoadingState, type GrafanaTheme2, type PanelData } from '@grafana/data';
import { Alert, Button, useStyles2 } from '@grafana/ui';

interface BoxProps {
  readonly testId: string;
  readonly children: ReactNode;
}

/** Words in the middle of a panel that has nothing to plot. */
export function Notice({ testId, children }: BoxProps) {
  const styles = useStyles2(stateStyles);
  return (
    <div className={styles.notice} data-testid={testId} role="status">
      {children}
    </div>
  );
}

/** What went wrong, in the data source's own words; undefined when nothing did. */
export function errorText(data: PanelData): string | undefined {
  // A request that never came through sets `error` alone, whatever its deprecation says.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const errors = data.errors?.length ? data.errors : data.error ? [data.error] : [];
  const texts = errors.map((error) => error.message || error.data?.message || error.data?.error || 'The query failed.');
  if (texts.length === 0 && data.state === LoadingState.Error) {
    return 'The query failed.';
  }
  return texts.length > 0 ? [...new Set(texts)].join(' · ') : undefined;
}

/** An error over stale data, or alone. */
export function ErrorNotice({ text }: { readonly text: string }) {
  const styles = useStyles2(stateStyles);
  return (
    <div className={styles.error} data-testid="fireplot-error">
      <Alert severity="error" title="The query failed">
        {text}
      </Alert>
    </div>
  );
}

interface EmptyProps {
  readonly newestMs: number | null | undefined;
  readonly timeZone: string;
  readonly onJump: (ms: number) => void;
}

/** Nothing in the range: says where the newest event lies, and goes there. */
export function EmptyNotice({ newestMs, timeZone, onJump }: EmptyProps) {
  return (
    <Notice testId="fireplot-empty">
      {typeof newestMs === 'number' ? (
        <>
          <p>No events in this time range. The newest one is from {dateTimeFormat(newestMs, { timeZone })}.</p>
          <Button size="sm" variant="secondary" onClick={() => onJump(newestMs)}>
            Go to the newest events
          </Button>
        </>
      ) : (
        <p>No events in this time range.</p>
      )}
    </Notice>
  );
}

interface MissingProps {
  readonly missing: 'time' | 'port';
  readonly fields: readonly string[];
}

/** Rows came, but not what a fireplot is made of. */
export function MissingField({ missing, fields }: MissingProps) {
  return (
    <Notice testId="fireplot-no-field">
      <p>
        The data has no {missing} field. Choose one in the panel options under “Fields”
        {fields.length > 0 ? `; it has: ${fields.slice(0, 12).join(', ')}${fields.length > 12 ? ' …' : ''}.` : '.'}
      </p>
    </Notice>
  );
}

const stateStyles = (theme: GrafanaTheme2) => ({
  notice: css({
    position: 'absolute',
    inset: 0,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    textAlign: 'center',
    color: theme.colors.text.secondary,
    pointerEvents: 'none',
    '& > *': { pointerEvents: 'auto' },
    '& > p': {
      maxWidth: '90%',
      margin: theme.spacing(0, 0, 1),
      padding: theme.spacing(0.25, 1),
      background: theme.colors.background.primary,
      borderRadius: theme.shape.radius.default,
    },
  }),
  error: css({
    position: 'absolute',
    top: theme.spacing(2),
    left: '5%',
    right: '5%',
    maxHeight: '90%',
    overflowY: 'auto',
    overflowWrap: 'anywhere',
  }),
});

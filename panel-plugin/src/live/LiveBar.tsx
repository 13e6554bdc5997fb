import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import type { Live } from './useLive';

interface Props {
  readonly live: Live;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** Pause, and what a live picture has to say: how many wait, what it lacks, and why nothing comes. */
export function LiveBar({ live, left, top, width }: Props) {
  const styles = useStyles2(barStyles);
  const { info, paused, waiting, onPause } = live;
  if (!info) {
    return null;
  }
  const lacks = lacksText(info);
  return (
    <div className={styles.bar} style={{ left, top, maxWidth: width }}>
      <Button
        size="sm"
        variant={paused ? 'primary' : 'secondary'}
        icon={paused ? 'play' : 'pause'}
        aria-pressed={paused}
        data-testid="fireplot-pause"
        tooltip={paused ? 'Go on with what came meanwhile' : 'Hold the picture; what comes waits'}
        onClick={() => onPause(!paused)}
      >
        Pause
      </Button>
      <span data-testid="fireplot-waiting" className={styles.word}>
        {paused ? `${count(waiting)} waiting` : 'live'}
      </span>
      {lacks && (
        <span role="status" data-testid="fireplot-skipped" className={styles.word} title={`${lacks}. ${LACKS}`}>
          {lacks}
        </span>
      )}
      {info.trouble && (
        <span role="status" data-testid="fireplot-trouble" className={styles.trouble} title={info.trouble}>
          {info.trouble}
        </span>
      )}
    </div>
  );
}

const LACKS =
  'More came than the stream carries; within half a minute the picture is asked for again, and then has them.';

/** `1,234 skipped`; '' when nothing is. */
export function lacksText({ skipped, dropped }: { readonly skipped: number; readonly dropped: number }): string {
  const parts = [];
  if (skipped > 0) {
    parts.push(`${count(skipped)} skipped`);
  }
  if (dropped > 0) {
    parts.push(`${count(dropped)} ${dropped === 1 ? 'batch' : 'batches'} skipped`);
  }
  return parts.join(', ');
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}

const barStyles = (theme: GrafanaTheme2) => {
  const word = {
    padding: theme.spacing(0.25, 0.75),
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'nowrap' as const,
  };
  return {
    bar: css({ position: 'absolute', display: 'flex', alignItems: 'center', gap: theme.spacing(1), minWidth: 0 }),
    word: css({ ...word, color: theme.colors.text.secondary }),
    trouble: css({
      ...word,
      color: theme.colors.warning.text,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
    }),
  };
};

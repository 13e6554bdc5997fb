import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { MarkView, MarkWish } from '../marks/useMarks';
import type { ScanInk } from '../overlay/ink';
import { legendItem } from './legendItem';

const STATES: Readonly<Record<MarkWish, { pressed: boolean | 'mixed'; text: string; next: string }>> = {
  shown: { pressed: true, text: 'Listed sources', next: 'Click: the marked cells alone.' },
  only: { pressed: 'mixed', text: 'Only listed sources', next: 'Click: all cells, without marks.' },
  off: { pressed: false, text: 'Listed sources', next: 'Click: mark them.' },
};

interface Props {
  readonly view: MarkView;
  readonly ink: ScanInk;
}

/** Marks in the legend: a click shows the marked cells alone, then no marks, then marks again. */
export function MarkLegend({ view: { marks, wish, cycle }, ink }: Props) {
  const styles = useStyles2(markLegendStyles);
  if (marks === undefined) {
    return null;
  }
  const { pressed, text, next } = STATES[wish];
  return (
    <button
      type="button"
      className={styles.item}
      data-testid="fireplot-mark-legend"
      data-state={wish}
      aria-pressed={pressed}
      title={`Cells where sources knocked that are on a list of threat intelligence. ${next}`}
      onClick={cycle}
    >
      <svg width={14} height={12} aria-hidden style={{ flex: 'none' }}>
        <rect width={14} height={12} rx={2} fill={ink.ground} />
        <path d="M7 1.5L11.5 6L7 10.5L2.5 6Z" fill="none" stroke={ink.line.single} />
      </svg>
      {text}
      <span className={styles.count}>{marks.length.toLocaleString('en-US')}</span>
    </button>
  );
}

const markLegendStyles = (theme: GrafanaTheme2) => ({
  item: css({
    ...legendItem(theme),
    marginLeft: theme.spacing(1),
    '&[data-state=off]': { opacity: 0.45, textDecoration: 'line-through' },
  }),
  count: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
});

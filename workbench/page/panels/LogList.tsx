import { css, cx } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2, type TimeZone } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import type { LogRow } from '../model/logRows';
import { LogDetails, type OnFilter } from './LogDetails';

interface Props {
  rows: LogRow[];
  timeZone: TimeZone;
  showTime: boolean;
  showLabels: boolean;
  wrap: boolean;
  expandable: boolean;
  onFilter?: OnFilter;
}

const PAGE = 500;

/** Log lines, the level as a coloured edge; a click on one opens its labels. */
export function LogList({ rows, timeZone, showTime, showLabels, wrap, expandable, onFilter }: Props) {
  const styles = useStyles2(getStyles);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState(PAGE);
  const toggle = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  return (
    <div className={styles.list} role="table" aria-label="Log rows">
      {rows.slice(0, shown).map((row) => (
        <div key={row.key} className={styles.entry}>
          <div
            className={cx(styles.row, styles[row.level], wrap && styles.wrapped)}
            role="row"
            tabIndex={expandable ? 0 : undefined}
            aria-expanded={expandable ? open.has(row.key) : undefined}
            onClick={expandable ? () => toggle(row.key) : undefined}
            onKeyDown={(event) => expandable && event.key === 'Enter' && toggle(row.key)}
          >
            {showTime && (
              <span className={styles.time} role="cell">
                {dateTimeFormat(row.time, { timeZone, format: 'YYYY-MM-DD HH:mm:ss.SSS' })}
              </span>
            )}
            {showLabels && <span className={styles.labels}>{labelText(row.labels)}</span>}
            <span role="cell">{row.body}</span>
          </div>
          {open.has(row.key) && <LogDetails row={row} onFilter={onFilter} />}
        </div>
      ))}
      {rows.length > shown && (
        <Button variant="secondary" fill="text" onClick={() => setShown(shown + PAGE)}>
          Show {Math.min(PAGE, rows.length - shown)} more of {rows.length}
        </Button>
      )}
    </div>
  );
}

const labelText = (labels: Record<string, string>) =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');

function getStyles(theme: GrafanaTheme2) {
  const edge = (color: string) => css({ borderLeftColor: color });
  const colors = theme.visualization;
  return {
    list: css({
      height: '100%',
      overflow: 'auto',
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    // Rows out of sight are not laid out, so a thousand of them scroll like ten.
    entry: css({ contentVisibility: 'auto', containIntrinsicSize: 'auto 22px', minWidth: 'max-content' }),
    row: css({
      display: 'flex',
      gap: theme.spacing(1.5),
      padding: '2px 8px 2px 8px',
      borderLeft: '3px solid transparent',
      whiteSpace: 'pre',
      cursor: 'pointer',
      '&:hover, &:focus-visible': { background: theme.colors.action.hover, outline: 'none' },
    }),
    wrapped: css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }),
    time: css({ color: theme.colors.text.secondary, flexShrink: 0 }),
    labels: css({ color: theme.colors.text.secondary }),
    critical: edge(colors.getColorByName('purple')),
    error: edge(colors.getColorByName('red')),
    warning: edge(colors.getColorByName('yellow')),
    info: edge(colors.getColorByName('green')),
    debug: edge(colors.getColorByName('blue')),
    trace: edge(colors.getColorByName('light-blue')),
    unknown: edge(theme.colors.border.medium),
  };
}

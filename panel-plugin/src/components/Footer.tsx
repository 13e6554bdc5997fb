import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ClassCounts } from '../cells';
import type { Palette } from '../colour/palette';
import { SWATCH } from '../useHover';
import { Legend } from './Legend';

interface Props {
  readonly classes: readonly ClassCounts[];
  readonly hidden: ReadonlySet<number>;
  readonly palette: Palette;
  /** The count that is painted brightest; undefined shows no scale. */
  readonly full: number | undefined;
  readonly onChange: (hidden: ReadonlySet<number>) => void;
  readonly caption: string;
  readonly height: number;
  /** The legend of the findings, behind that of the classes. */
  readonly children?: ReactNode;
  /** A second line; `height` is that of one. */
  readonly second?: ReactNode;
}

/** Legend on the left, brightness and caption on the right; what does not fit is cut off, not wrapped over the plot. */
export function Footer({ classes, hidden, palette, full, onChange, caption, height, children, second }: Props) {
  const styles = useStyles2(footerStyles);
  const key = classes.find((one) => !hidden.has(one.id));
  return (
    <>
      <div className={styles.line} style={{ height }}>
        <div className={styles.legend}>
          {classes.length > 0 && (
            <Legend classes={classes} hidden={hidden} colour={(id) => palette.css(id, SWATCH)} onChange={onChange} />
          )}
          {children}
        </div>
        <div className={styles.right}>
          {key && full !== undefined && (
            <span className={styles.scale} data-testid="fireplot-scale" title="Brightness: events in a cell">
              1
              <span className={styles.ramp} style={{ background: rampOf(palette, key.id) }} />
              {full.toLocaleString('en-US')}
            </span>
          )}
          {caption && (
            <span data-testid="fireplot-caption" className={styles.caption} title={caption}>
              {caption}
            </span>
          )}
        </div>
      </div>
      {second && (
        <div className={styles.line} style={{ height }}>
          <div className={styles.legend}>{second}</div>
        </div>
      )}
    </>
  );
}

/** The colours of a class from a lone event to the busiest cells, as a CSS gradient. */
function rampOf(palette: Palette, id: number): string {
  const stops = [0, 0.25, 0.5, 0.75, 1].map((level) => palette.css(id, level));
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

const footerStyles = (theme: GrafanaTheme2) => ({
  line: css({ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: theme.spacing(1) }),
  legend: css({ display: 'flex', flex: '1 1 auto', minWidth: 0, overflowX: 'auto', scrollbarWidth: 'none' }),
  right: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(2),
    flex: '0 1 auto',
    minWidth: 0,
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'nowrap',
  }),
  scale: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.75) }),
  ramp: css({ width: 48, height: 10, borderRadius: 2 }),
  caption: css({ overflow: 'hidden', textOverflow: 'ellipsis' }),
});

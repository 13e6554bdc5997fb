import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ClassCounts } from '../cells';
import { Legend } from './Legend';

interface Props {
  readonly classes: readonly ClassCounts[];
  readonly hidden: ReadonlySet<number>;
  readonly colour: (id: number) => string;
  readonly onChange: (hidden: ReadonlySet<number>) => void;
  readonly caption: string;
  readonly height: number;
}

/** Legend on the left, caption on the right; what does not fit in one line is cut off, not wrapped over the plot. */
export function Footer({ classes, hidden, colour, onChange, caption, height }: Props) {
  const styles = useStyles2(footerStyles);
  return (
    <div className={styles.line} style={{ height }}>
      <div className={styles.legend}>
        {classes.length > 0 && <Legend classes={classes} hidden={hidden} colour={colour} onChange={onChange} />}
      </div>
      {caption && (
        <span data-testid="fireplot-caption" className={styles.caption} title={caption}>
          {caption}
        </span>
      )}
    </div>
  );
}

const footerStyles = (theme: GrafanaTheme2) => ({
  line: css({ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: theme.spacing(1) }),
  legend: css({ minWidth: 0, overflowX: 'auto', scrollbarWidth: 'none' }),
  caption: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    flexShrink: 2,
  }),
});

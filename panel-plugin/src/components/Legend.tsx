import React, { memo, type MouseEvent } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ClassCounts } from '../cells';
import { legendItem } from './legendItem';

interface Props {
  readonly classes: readonly ClassCounts[];
  readonly hidden: ReadonlySet<number>;
  readonly colour: (id: number) => string;
  readonly onChange: (hidden: ReadonlySet<number>) => void;
}

/** Classes with their colours and counts. Click shows one alone, and again all; Ctrl or Cmd with a click toggles one. */
export const Legend = memo(function Legend({ classes, hidden, colour, onChange }: Props) {
  const styles = useStyles2(legendStyles);
  return (
    <ul className={styles.list} data-testid="fireplot-legend" aria-label="Classes">
      {classes.map(({ id, name, total }) => (
        <li key={id}>
          <button
            type="button"
            className={styles.item}
            aria-pressed={!hidden.has(id)}
            title="Click: this class alone. Ctrl or ⌘ and click: show or hide it."
            onClick={(event: MouseEvent) =>
              onChange(
                event.ctrlKey || event.metaKey || event.shiftKey ? toggled(hidden, id) : alone(classes, hidden, id)
              )
            }
          >
            <span className={styles.swatch} style={{ background: colour(id) }} />
            {name}
            <span className={styles.count}>{total.toLocaleString('en-US')}</span>
          </button>
        </li>
      ))}
    </ul>
  );
});

/** One class shown or hidden, the others as they are. */
export function toggled(hidden: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(hidden);
  if (!next.delete(id)) {
    next.add(id);
  }
  return next;
}

/** One class alone; all of them when it is alone already. */
export function alone(classes: readonly ClassCounts[], hidden: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const others = classes.filter((one) => one.id !== id).map((one) => one.id);
  const isAlone = !hidden.has(id) && others.every((other) => hidden.has(other));
  return new Set(isAlone ? [] : others);
}

const legendStyles = (theme: GrafanaTheme2) => ({
  list: css({ display: 'flex', listStyle: 'none', margin: 0, padding: 0, gap: theme.spacing(0, 1) }),
  item: css({
    ...legendItem(theme),
    '&[aria-pressed=false]': { opacity: 0.45 },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 1 },
  }),
  swatch: css({ width: 10, height: 10, borderRadius: 2 }),
  count: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
});

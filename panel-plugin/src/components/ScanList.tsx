import React, { useMemo, useState, type KeyboardEvent } from 'react';
import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import type { Layout } from '../overlay/layout';
import type { Scan } from '../overlay/scan';
import { scanWords } from '../overlay/scanWords';

interface Props {
  readonly layout: Layout;
  readonly timeZone: string;
  /** The finding that has the focus; undefined when none has. */
  readonly onFocus: (scan: Scan | undefined, element: Element) => void;
  /** What a click on the finding does. */
  readonly onChoose: () => void;
}

/** The most important findings are enough to hear. */
const MOST_LISTED = 50;

/**
 * The drawn findings as a list that is heard and not seen. One stop of the Tab key; arrow keys go through it. The
 * finding with the focus is drawn stronger and told about, so that the focus is seen all the same.
 */
export function ScanList({ layout, timeZone, onFocus, onChoose }: Props) {
  const styles = useStyles2(scanListStyles);
  const [current, setCurrent] = useState(0);
  const items = useMemo(
    () => layout.items.slice(0, MOST_LISTED).map(({ scan }) => ({ scan, text: spoken(scan, timeZone) })),
    [layout, timeZone]
  );
  const more = layout.inSight - items.length;
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const buttons = event.currentTarget.querySelectorAll('button');
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? items.length - 1 : step ? current + step : -1;
    if (next >= 0 && buttons[next]) {
      event.preventDefault();
      setCurrent(next);
      buttons[next].focus();
    }
  };
  return (
    <ul className={styles.list} data-testid="fireplot-scan-list" aria-label="Scans on the plot" onKeyDown={onKeyDown}>
      {items.map(({ scan, text }, index) => (
        <li key={scan.id}>
          <button
            type="button"
            tabIndex={index === Math.min(current, items.length - 1) ? 0 : -1}
            onFocus={(event) => {
              setCurrent(index);
              onFocus(scan, event.currentTarget);
            }}
            onBlur={(event) => onFocus(undefined, event.currentTarget)}
            onClick={onChoose}
          >
            {text}
          </button>
        </li>
      ))}
      {more > 0 && <li>{`and ${more.toLocaleString('en-US')} more`}</li>}
    </ul>
  );
}

function spoken(scan: Scan, timeZone: string): string {
  const { title, time, rows } = scanWords(scan, timeZone);
  return [title, time, ...rows.map(([name, value]) => `${name}: ${value}`)].join('; ');
}

const scanListStyles = () => ({
  list: css({
    position: 'absolute',
    width: 1,
    height: 1,
    margin: -1,
    padding: 0,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  }),
});

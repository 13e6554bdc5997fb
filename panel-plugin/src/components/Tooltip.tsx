import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, ClipboardButton, Portal, useStyles2, VizTooltipContainer } from '@grafana/ui';
import type { DetailState } from '../useCellDetail';
import type { CellWords } from '../words';

interface Props {
  /** Where, in the window. */
  readonly x: number;
  readonly y: number;
  /** What the box is about, for assistive technology. */
  readonly label: string;
  /** The cell; undefined when there is none under the pointer. */
  readonly words: CellWords | undefined;
  readonly detail: DetailState;
  readonly pinned: boolean;
  readonly exploreUrl: string | undefined;
  readonly onFilter: ((source: string) => void) | undefined;
  /** The cell in words, for the clipboard. */
  readonly text: () => string;
  readonly onClose: () => void;
  /** Findings, above the cell. */
  readonly children?: ReactNode;
}

/** How many of the top sources a tooltip lists before it is pinned. */
const GLANCE = 5;

/** What lies under the pointer. Everything from the data is text; nothing of it becomes markup. */
export function Tooltip(props: Props) {
  const { x, y, label, pinned, children } = props;
  const styles = useStyles2(tooltipStyles);
  return (
    <Portal>
      <VizTooltipContainer position={{ x, y }} offset={{ x: 12, y: 12 }} allowPointerEvents={pinned}>
        <div
          data-testid="fireplot-tooltip"
          className={styles.box}
          role={pinned ? 'dialog' : undefined}
          aria-label={label}
        >
          {children}
          {props.words && <Cell {...props} words={props.words} />}
          {pinned && <Actions {...props} />}
        </div>
      </VizTooltipContainer>
    </Portal>
  );
}

function Cell({ words, detail, pinned, onFilter }: Props & { readonly words: CellWords }) {
  const styles = useStyles2(tooltipStyles);
  return (
    <div>
      <div className={styles.time}>{words.time}</div>
      <div className={styles.port}>{words.port}</div>
      <table className={styles.table}>
        <tbody>
          {words.classes.map((one) => (
            <tr key={one.name}>
              <td>
                <span className={styles.swatch} style={{ background: one.colour }} />
                {one.name}
              </td>
              <td className={styles.number}>{one.count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {detail.state === 'waiting' && <div className={styles.faint}>looking up sources …</div>}
      {detail.state === 'ready' && (
        <table className={styles.table} data-testid="fireplot-sources">
          <caption className={styles.caption}>
            {plural(detail.detail.sources, 'source')}
            {detail.detail.targets === undefined ? '' : `, ${plural(detail.detail.targets, 'target')}`}
          </caption>
          <tbody>
            {detail.detail.top.slice(0, pinned ? undefined : GLANCE).map((one) => (
              <tr key={one.source}>
                <td className={styles.source}>{one.source}</td>
                <td className={styles.number}>{one.events.toLocaleString('en-US')}</td>
                {pinned && onFilter && (
                  <td>
                    <Button
                      size="sm"
                      fill="text"
                      variant="secondary"
                      icon="filter"
                      aria-label={`Only ${one.source}`}
                      onClick={() => onFilter(one.source)}
                    />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Actions({ exploreUrl, text, onClose }: Props) {
  const styles = useStyles2(tooltipStyles);
  return (
    <div className={styles.actions}>
      {exploreUrl && (
        <a className={styles.link} href={exploreUrl}>
          Show rows in Explore
        </a>
      )}
      <ClipboardButton size="sm" fill="text" variant="secondary" icon="copy" getText={text}>
        Copy
      </ClipboardButton>
      <Button size="sm" fill="text" variant="secondary" icon="times" aria-label="Close" onClick={onClose} />
    </div>
  );
}

function plural(n: number, word: string): string {
  return `${n.toLocaleString('en-US')} ${word}${n === 1 ? '' : 's'}`;
}

const tooltipStyles = (theme: GrafanaTheme2) => ({
  box: css({ fontSize: theme.typography.bodySmall.fontSize, minWidth: 160, maxWidth: 340 }),
  time: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
  port: css({ fontWeight: theme.typography.fontWeightMedium }),
  table: css({ width: '100%' }),
  caption: css({ captionSide: 'top', color: theme.colors.text.secondary, padding: theme.spacing(0.5, 0, 0) }),
  number: css({ textAlign: 'right', fontVariantNumeric: 'tabular-nums', paddingLeft: theme.spacing(2) }),
  source: css({ fontFamily: theme.typography.fontFamilyMonospace, wordBreak: 'break-all' }),
  swatch: css({ display: 'inline-block', width: 10, height: 10, borderRadius: 2, marginRight: theme.spacing(0.75) }),
  faint: css({ color: theme.colors.text.secondary }),
  actions: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), marginTop: theme.spacing(0.5) }),
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
});

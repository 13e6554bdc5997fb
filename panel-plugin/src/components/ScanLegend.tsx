import React, { memo } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ScanInk } from '../overlay/ink';
import type { Visibility } from '../overlay/layout';
import type { Scan } from '../overlay/scan';
import { styleOf, type Style } from '../overlay/style';
import { cycleAll, cycleKind, overall, visibilityOf, type Wishes } from '../overlay/visibility';
import { legendItem } from './legendItem';

interface Props {
  readonly scans: readonly Scan[];
  readonly kinds: readonly string[];
  readonly wishes: Wishes;
  readonly ink: ScanInk;
  /** Whether it stands behind the classes, in one line with them. */
  readonly inline: boolean;
  readonly onChange: (wishes: Wishes) => void;
}

/** How the entry stands for assistive technology; a dimmed one is neither on nor off. */
const PRESSED = { shown: true, dimmed: 'mixed', hidden: false, mixed: 'mixed' } as const;
const CLICK = { shown: 'dims', dimmed: 'hides', hidden: 'shows', mixed: 'shows' } as const;

/** All findings, and each kind when there are several: a click dims, hides and shows again. */
export const ScanLegend = memo(function ScanLegend({ scans, kinds, wishes, ink, inline, onChange }: Props) {
  const styles = useStyles2(scanLegendStyles);
  const entry = (text: string, count: number, state: Visibility | 'mixed', onClick: () => void, style?: Style) => (
    <li key={style ? text : ''}>
      <button
        type="button"
        className={styles.item}
        data-state={state}
        aria-pressed={PRESSED[state]}
        title={`${text}: ${state}. A click ${CLICK[state]} ${style ? 'this kind' : 'all scans'}.`}
        onClick={onClick}
      >
        {style && <Sample style={style} ink={ink} />}
        <span className={styles.name}>{text}</span>
        <span className={styles.count}>{count.toLocaleString('en-US')}</span>
      </button>
    </li>
  );
  return (
    <ul className={inline ? styles.inline : styles.list} data-testid="fireplot-scan-legend" aria-label="Scans">
      {entry('Scans', scans.length, overall(wishes, kinds), () => onChange(cycleAll(wishes, kinds)))}
      {kinds.length > 1 &&
        kinds.map((kind) =>
          entry(
            kind,
            scans.filter((scan) => scan.kind === kind).length,
            visibilityOf(wishes, kind),
            () => onChange(cycleKind(wishes, kind)),
            styleOf(kind)
          )
        )}
    </ul>
  );
});

/** How a kind is drawn, small: its form, its dash and its colour. */
export function Sample({ style, ink }: { readonly style: Style; readonly ink: ScanInk }) {
  const line = { stroke: ink.line[style.tone], strokeWidth: 1.5, strokeDasharray: style.dash.join(' '), fill: 'none' };
  return (
    <svg width={18} height={12} aria-hidden style={{ flex: 'none' }}>
      <rect width={18} height={12} rx={2} fill={ink.ground} />
      {style.form === 'curve' && <path d={style.twin ? 'M2 8L12 2M6 10L16 4' : 'M2 10L16 2'} {...line} />}
      {style.form === 'band' && <path d="M3 9V4H15V9" {...line} />}
      {style.form === 'box' && <path d="M7 2H3V10H7M11 2H15V10H11" {...line} />}
    </svg>
  );
}

const scanLegendStyles = (theme: GrafanaTheme2) => {
  const list = { display: 'flex', listStyle: 'none', margin: 0, padding: 0, gap: theme.spacing(0, 0.5) };
  return {
    list: css(list),
    inline: css({ ...list, paddingLeft: theme.spacing(1), borderLeft: `1px solid ${theme.colors.border.weak}` }),
    item: css({
      ...legendItem(theme),
      '&[data-state=dimmed]': { opacity: 0.7 },
      '&[data-state=hidden]': { opacity: 0.45, textDecoration: 'line-through' },
    }),
    name: css({ maxWidth: 140, overflow: 'hidden', textOverflow: 'ellipsis' }),
    count: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
  };
};

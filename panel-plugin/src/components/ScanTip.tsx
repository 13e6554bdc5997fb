import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import type { ScanInk } from '../overlay/ink';
import type { Scan } from '../overlay/scan';
import { labelOf, scanWords } from '../overlay/scanWords';
import { styleOf } from '../overlay/style';
import { Sample } from './ScanLegend';

interface Props {
  readonly scan: Scan;
  /** Whether this is what the pointer is on: then all of it is told, else a line. */
  readonly whole: boolean;
  readonly pinned: boolean;
  readonly timeZone: string;
  readonly ink: ScanInk;
  /** What the filter says and does; undefined where there is no filter. */
  readonly filter: ScanFilter | undefined;
  readonly exploreUrl: string | undefined;
}

export interface ScanFilter {
  readonly text: string;
  readonly apply: () => void;
}

/** A finding in the hover's box. Everything from the data is text; nothing of it becomes markup. */
export function ScanTip({ scan, whole, pinned, timeZone, ink, filter, exploreUrl }: Props) {
  const styles = useStyles2(scanTipStyles);
  const words = scanWords(scan, timeZone);
  return (
    <section className={styles.box} data-testid="fireplot-scan" aria-label={words.title}>
      <div className={styles.title}>
        <Sample style={styleOf(scan.kind)} ink={ink} />
        {whole ? words.title : `in ${labelOf(scan)}`}
        {!whole && scan.sources[0] && <span className={styles.source}>{scan.sources[0]}</span>}
      </div>
      {whole && (
        <>
          <div className={styles.time}>{words.time}</div>
          <table>
            <tbody>
              {words.rows.map(([name, value]) => (
                <tr key={name}>
                  <th scope="row" className={styles.name}>
                    {name}
                  </th>
                  <td className={styles.value}>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {!pinned && filter && (
            <div className={styles.time}>Click: {filter.text}. Ctrl or ⌘ and click: keep this box.</div>
          )}
        </>
      )}
      {pinned && (filter || exploreUrl) && (
        <div className={styles.actions}>
          {filter && (
            <Button size="sm" fill="text" variant="secondary" icon="filter" onClick={filter.apply}>
              {filter.text.charAt(0).toUpperCase() + filter.text.slice(1)}
            </Button>
          )}
          {exploreUrl && (
            <a className={styles.link} href={exploreUrl}>
              Its sources in Explore
            </a>
          )}
        </div>
      )}
    </section>
  );
}

const scanTipStyles = (theme: GrafanaTheme2) => ({
  box: css({
    paddingBottom: theme.spacing(0.5),
    '& + *': { borderTop: `1px solid ${theme.colors.border.weak}`, paddingTop: theme.spacing(0.5) },
    '&:last-child': { paddingBottom: 0 },
  }),
  title: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    fontWeight: theme.typography.fontWeightMedium,
    overflowWrap: 'anywhere',
  }),
  time: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
  name: css({
    color: theme.colors.text.secondary,
    fontWeight: 'normal',
    paddingRight: theme.spacing(1.5),
    verticalAlign: 'top',
  }),
  value: css({ fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }),
  source: css({ fontFamily: theme.typography.fontFamilyMonospace, fontWeight: 'normal', marginLeft: 'auto' }),
  actions: css({ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: theme.spacing(1) }),
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
});

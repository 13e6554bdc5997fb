import { css } from '@emotion/css';
import { formattedValueToString, getDisplayProcessor, getFieldDisplayName, getFieldSeriesColor } from '@grafana/data';
import type { Field, GrafanaTheme2, PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { LegendDisplayMode, type OptionsWithLegend } from '@grafana/schema';
import { Tooltip, useStyles2, useTheme2, VizLegend } from '@grafana/ui';
import { useMemo } from 'react';
import { bars, sizeAt, type Bars } from '../model/bars';
import { graphDefaults } from './graphDefaults';
import { standIn } from './standIn';

interface Options extends OptionsWithLegend {
  orientation: 'auto' | 'horizontal' | 'vertical';
  stacking: 'none' | 'normal' | 'percent';
}

/** One row a label, the bars side by side or stacked: plainer than Grafana's, and always lying. */
function BarChartPanel({ data, options, height, id, fieldConfig }: PanelProps<Options>) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const stacked = options.stacking !== 'none';
  const chart = useMemo(() => bars(data.series, stacked), [data.series, stacked]);
  if (!chart) {
    return <PanelDataErrorView panelId={id} fieldConfig={fieldConfig} data={data} needsStringField needsNumberField />;
  }
  const colors = chart.numbers.map((field) => getFieldSeriesColor(field, theme).color);
  const label = chart.label.display ?? getDisplayProcessor({ field: chart.label, theme });
  // Room for the figure beside each bar.
  const minHeight = 16 * (stacked ? 1 : chart.numbers.length) + 4;
  const showLegend = options.legend.showLegend && chart.numbers.length > 1;
  return (
    <div className={styles.panel} style={{ height }}>
      <div className={styles.rows}>
        {Array.from({ length: chart.length }, (_, row) => (
          <div key={row} className={styles.row} style={{ minHeight }}>
            <span className={styles.label}>{formattedValueToString(label(chart.label.values[row]))}</span>
            <RowBars chart={chart} row={row} stacked={stacked} colors={colors} />
          </div>
        ))}
      </div>
      {showLegend && (
        <VizLegend
          placement="bottom"
          displayMode={options.legend.displayMode}
          items={chart.numbers.map((field, i) => ({ label: getFieldDisplayName(field), color: colors[i], yAxis: 1 }))}
        />
      )}
    </div>
  );
}

function RowBars({ chart, row, stacked, colors }: { chart: Bars; row: number; stacked: boolean; colors: string[] }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.bars} style={{ flexDirection: stacked ? 'row' : 'column' }}>
      {chart.numbers.map((field, i) => (
        <Tooltip key={i} content={`${getFieldDisplayName(field)}: ${shown(field, row)}`}>
          <div
            className={styles.bar}
            style={{ width: `${(100 * sizeAt(field, row)) / (chart.max || 1)}%`, background: colors[i] }}
          >
            {!stacked && <span className={styles.value}>{shown(field, row)}</span>}
          </div>
        </Tooltip>
      ))}
    </div>
  );
}

function shown(field: Field, row: number): string {
  const value: unknown = field.values[row];
  return field.display ? formattedValueToString(field.display(value)) : String(value ?? '');
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  rows: css({ flexGrow: 1, minHeight: 0, overflow: 'auto', display: 'flex', flexDirection: 'column' }),
  row: css({ flex: '1 0 auto', display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  label: css({
    ...theme.typography.bodySmall,
    flex: '0 0 20%',
    textAlign: 'right',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  }),
  bars: css({
    flexGrow: 1,
    alignSelf: 'stretch',
    padding: '2px 0',
    display: 'flex',
    gap: 1,
    paddingRight: theme.spacing(6),
  }),
  bar: css({ flex: '1 1 0', position: 'relative', minWidth: 1, minHeight: 0 }),
  value: css({
    ...theme.typography.bodySmall,
    position: 'absolute',
    left: '100%',
    top: '50%',
    transform: 'translateY(-50%)',
    paddingLeft: theme.spacing(0.5),
    color: theme.colors.text.secondary,
    whiteSpace: 'nowrap',
  }),
});

export const barChart = standIn<Options>({
  id: 'barchart',
  name: 'Bar chart',
  panel: BarChartPanel,
  color: 'palette-classic',
  custom: graphDefaults,
  defaults: {
    orientation: 'auto',
    stacking: 'none',
    legend: { showLegend: true, displayMode: LegendDisplayMode.List, placement: 'bottom', calcs: [] },
  },
});

import { getFieldDisplayValues, type FieldDisplay, type PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import {
  BarGaugeDisplayMode,
  BarGaugeNamePlacement,
  BarGaugeSizing,
  BarGaugeValueMode,
  VizOrientation,
  type SingleStatBaseOptions,
} from '@grafana/schema';
import { BarGauge, useTheme2, VizRepeater } from '@grafana/ui';
import { singleValueDefaults } from './singleValue';
import { standIn } from './standIn';

interface Options extends SingleStatBaseOptions {
  displayMode: BarGaugeDisplayMode;
  valueMode: BarGaugeValueMode;
  namePlacement: BarGaugeNamePlacement;
  showUnfilled: boolean;
  sizing: BarGaugeSizing;
  minVizWidth: number;
  minVizHeight: number;
}

function BarGaugePanel(props: PanelProps<Options>) {
  const { data, width, height, options, fieldConfig, replaceVariables, timeZone, id, renderCounter } = props;
  const theme = useTheme2();
  if (data.series.length === 0) return <PanelDataErrorView panelId={id} fieldConfig={fieldConfig} data={data} />;
  const auto = width > height ? VizOrientation.Vertical : VizOrientation.Horizontal;
  const orientation = options.orientation === VizOrientation.Auto ? auto : options.orientation;
  return (
    <VizRepeater<FieldDisplay>
      getValues={() =>
        getFieldDisplayValues({
          fieldConfig,
          reduceOptions: options.reduceOptions,
          replaceVariables,
          theme,
          data: data.series,
          timeZone,
        })
      }
      source={data}
      width={width}
      height={height}
      minVizWidth={options.minVizWidth}
      minVizHeight={options.minVizHeight}
      renderCounter={renderCounter}
      orientation={orientation}
      itemSpacing={8}
      renderValue={({ value, width, height, count }) => (
        <BarGauge
          value={value.display}
          display={value.view?.getFieldDisplayProcessor(value.colIndex ?? 0)}
          field={value.field}
          width={width}
          height={height}
          orientation={orientation}
          theme={theme}
          itemSpacing={8}
          lcdCellWidth={12}
          displayMode={options.displayMode}
          valueDisplayMode={options.valueMode}
          namePlacement={options.namePlacement}
          showUnfilled={options.showUnfilled}
          isOverflow={count === 0}
        />
      )}
    />
  );
}

export const barGauge = standIn<Options>({
  id: 'bargauge',
  name: 'Bar gauge',
  panel: BarGaugePanel,
  defaults: {
    ...singleValueDefaults,
    displayMode: BarGaugeDisplayMode.Gradient,
    valueMode: BarGaugeValueMode.Color,
    namePlacement: BarGaugeNamePlacement.Auto,
    showUnfilled: true,
    sizing: BarGaugeSizing.Auto,
    minVizWidth: 8,
    minVizHeight: 16,
  },
});

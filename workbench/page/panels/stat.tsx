import { getFieldDisplayValues, type FieldDisplay, type PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  VizOrientation,
  type SingleStatBaseOptions,
} from '@grafana/schema';
import { BigValue, useTheme2, VizRepeater } from '@grafana/ui';
import { singleValueDefaults } from './singleValue';
import { standIn } from './standIn';

interface Options extends SingleStatBaseOptions {
  graphMode: BigValueGraphMode;
  colorMode: BigValueColorMode;
  justifyMode: BigValueJustifyMode;
  textMode: BigValueTextMode;
}

function StatPanel(props: PanelProps<Options>) {
  const { data, width, height, options, fieldConfig, replaceVariables, timeZone, id, renderCounter } = props;
  const theme = useTheme2();
  const values = () =>
    getFieldDisplayValues({
      fieldConfig,
      reduceOptions: options.reduceOptions,
      replaceVariables,
      theme,
      data: data.series,
      sparkline: options.graphMode !== BigValueGraphMode.None,
      timeZone,
    });
  if (data.series.length === 0) return <PanelDataErrorView panelId={id} fieldConfig={fieldConfig} data={data} />;
  return (
    <VizRepeater<FieldDisplay>
      getValues={values}
      source={data}
      width={width}
      height={height}
      renderCounter={renderCounter}
      orientation={options.orientation ?? VizOrientation.Auto}
      autoGrid
      renderValue={({ value, width, height, count }) => (
        <BigValue
          value={value.display}
          count={count}
          sparkline={value.sparkline}
          colorMode={options.colorMode}
          graphMode={options.graphMode}
          justifyMode={options.justifyMode}
          textMode={options.textMode}
          width={width}
          height={height}
          theme={theme}
        />
      )}
    />
  );
}

export const stat = standIn<Options>({
  id: 'stat',
  name: 'Stat',
  panel: StatPanel,
  defaults: {
    ...singleValueDefaults,
    graphMode: BigValueGraphMode.Area,
    colorMode: BigValueColorMode.Value,
    justifyMode: BigValueJustifyMode.Auto,
    textMode: BigValueTextMode.Auto,
  },
});

import { css } from '@emotion/css';
import { FieldType, LoadingState, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { PanelDataErrorViewProps } from 'runtime-private/PanelDataErrorView';

/** What a panel shows when its data is nothing it can draw; plugins reach it as PanelDataErrorView. */
export function NoDataView(props: PanelDataErrorViewProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.view} data-testid="data-testid Panel data error message">
      {props.data.state === LoadingState.Loading ? '' : reason(props)}
    </div>
  );
}

function reason({
  message,
  data,
  fieldConfig,
  needsTimeField,
  needsNumberField,
  needsStringField,
}: PanelDataErrorViewProps) {
  const noData = fieldConfig?.defaults.noValue ?? 'No data';
  if (message) return message;
  if (!data.series.some((frame) => frame.length > 0)) return noData;
  const has = (type: FieldType) => data.series.some((frame) => frame.fields.some((field) => field.type === type));
  if (needsStringField && !has(FieldType.string)) return 'Data is missing a string field';
  if (needsNumberField && !has(FieldType.number)) return 'Data is missing a number field';
  if (needsTimeField && !has(FieldType.time)) return 'Data is missing a time field';
  return 'The panel cannot draw this data';
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({
    height: '100%',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    color: theme.colors.text.secondary,
  }),
});

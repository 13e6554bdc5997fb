import {
  FieldType,
  LoadingState,
  SupplementaryQueryType,
  type DataFrame,
  type DataQueryRequest,
  type DataSourceApi,
  type DataSourceWithSupplementaryQueriesSupport,
  type PanelData,
} from '@grafana/data';
import { config } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { filter, type Observable } from 'rxjs';
import { toLevel, type Level } from '../model/logRows';
import { runRequest } from '../runtime/runRequest';

const COLORS: Record<Level, string> = {
  critical: 'purple',
  error: 'red',
  warning: 'yellow',
  info: 'green',
  debug: 'blue',
  trace: 'light-blue',
  unknown: 'text',
};

/** The counts by level that a data source offers above its log rows; null when it offers none for this request. */
export function logVolume(ds: DataSourceApi, request: DataQueryRequest): Observable<PanelData> | null {
  const type = SupplementaryQueryType.LogsVolume;
  if (!offersVolume(ds) || !ds.getSupportedSupplementaryQueryTypes(request).includes(type)) return null;
  const volume = ds.getSupplementaryRequest?.(type, { ...request, hideFromInspector: true });
  if (!volume || volume.targets.length === 0) return null;
  const asked = { ...volume, requestId: `${request.requestId}_log_volume` };
  return runRequest(ds, asked).pipe(filter((data) => data.state !== LoadingState.Loading));
}

function offersVolume(ds: DataSourceApi): ds is DataSourceApi & DataSourceWithSupplementaryQueriesSupport<DataQuery> {
  return 'getSupportedSupplementaryQueryTypes' in ds;
}

/** Stacked bars in the colours of the levels, the level as name. */
export function volumeFrames(frames: DataFrame[]): DataFrame[] {
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => {
      if (field.type !== FieldType.number) return field;
      const name = field.labels?.level ?? frame.name ?? 'logs';
      const color = config.theme2.visualization.getColorByName(COLORS[toLevel(name)]);
      return {
        ...field,
        config: {
          ...field.config,
          displayNameFromDS: name,
          color: { mode: 'fixed', fixedColor: color },
          custom: {
            drawStyle: 'bars',
            barAlignment: 0,
            lineWidth: 0,
            fillOpacity: 100,
            pointSize: 5,
            axisSoftMin: 0,
            stacking: { mode: 'normal', group: 'A' },
          },
        },
      };
    }),
  }));
}

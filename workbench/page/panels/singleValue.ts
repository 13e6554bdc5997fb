import { VizOrientation, type SingleStatBaseOptions } from '@grafana/schema';

/** Last number of each field: what Grafana's single-value panels show unless told otherwise. */
export const singleValueDefaults: SingleStatBaseOptions = {
  reduceOptions: { values: false, calcs: ['lastNotNull'], fields: '' },
  orientation: VizOrientation.Auto,
};

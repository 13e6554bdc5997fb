import type { SchemeName } from './colour/schemes';

/** The panel's options; all of them have defaults in `module.ts`. */
export interface Options {
  scheme: SchemeName;
  /** Least size of a cell in CSS pixels. */
  dotSize: number;
  /** Events in a cell that are painted brightest; 0 follows the data. */
  fullCount: number;
  /** The row below port 1. */
  noPortStrip: 'auto' | 'always' | 'never';
  showLegend: boolean;
  showCaption: boolean;
  /** ‹ day · today · day › */
  dayStepper: boolean;
  /** Findings over the cells. */
  showScans: boolean;
  /** Kinds that are drawn; none means all. */
  scanKinds: string[];
  scanLabels: boolean;
  /** Field names for frames of other data sources; '' finds them by name. */
  timeField: string;
  portField: string;
  protocolField: string;
  sourceField: string;
  countField: string;
}

export const DEFAULTS: Options = {
  scheme: 'default',
  dotSize: 2,
  fullCount: 0,
  noPortStrip: 'auto',
  showLegend: true,
  showCaption: true,
  dayStepper: false,
  showScans: true,
  scanKinds: [],
  scanLabels: true,
  timeField: '',
  portField: '',
  protocolField: '',
  sourceField: '',
  countField: '',
};

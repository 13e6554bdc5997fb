import type { DataSourceJsonData } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';

/**
 * The query model: what editor, panel and provisioned dashboards send, and pkg/query reads. Every field but
 * `queryType` may be missing (alert rules know no editor defaults): the backend fills in the defaults named here.
 */
export interface FirewallQuery extends DataQuery {
  queryType: QueryType;
  /** Conditions of the editor; joined by AND. */
  filters?: Filter[];
  /** Dashboard ad-hoc filters, put here by `applyTemplateVariables`; same shape, same rules. */
  adhoc?: Filter[];

  // fireplot
  /** Port range to look at; text so that `${port_from}` fits, '' is 1 and 65535. */
  portFrom?: string;
  portTo?: string;
  /** Height of the grid, cells a decade of ports; 0 (default) follows the pyramid, or the port range when zoomed. */
  rowsPerDecade?: number;
  /** Also own sources, port 0, FIN+ACK and RST; default false. */
  showTail?: boolean;
  /** Over this many cells the grid gets coarser, in time, then in ports; default 200,000. */
  maxCells?: number;
  /** 'intel' adds a frame of marks: where sources knocked that are on a list. Default none. */
  marks?: 'intel';
  /** Goes on by itself over Grafana Live while the range ends now; default false. */
  live?: boolean;

  // cell: what a hover asks for
  cell?: CellRange;

  // events
  /** 'logs' (default) for Explore, 'table', or 'volume': counts by level over time. */
  format?: 'logs' | 'table' | 'volume' | 'timeseries' | 'numeric' | 'annotations';
  /** Rows at most; default 1,000 for events, 10 for top, 500 for scans and spikes. */
  limit?: number;

  // top
  /**
   * top: column to group by: dst_port, src_ip, class, action, sensor, src_country, feed, ...; default dst_port.
   * intel: 'source' (default; a row a listed source) or 'feed' (a row a list).
   */
  by?: string;
  /** What is counted: events (default), or distinct sources or targets. */
  measure?: 'events' | 'sources' | 'targets';

  // scans, spikes: what detection found. Formats: table (default), annotations, numeric; ports limit both.
  /** Kinds of scan; missing or empty means all. */
  kinds?: ScanKind[];
  /** Only scans of this pace. */
  pace?: 'fast' | 'slow';
  /** Only scans by odd TCP flags. */
  oddFlags?: boolean;
  /** Findings that matter at least so much; default info, and low in rules. */
  minSeverity?: Severity;
  /** Also findings that a suppression names as known; default false. */
  showKnown?: boolean;

  // intel: who on the lists knocked. Formats: table (default), timeseries (by list or source), annotations, numeric
  /** Only sources that were let in; in rules always so, by source. */
  onlyAllowed?: boolean;

  // sql
  /**
   * With macros, which pkg expands. Variables are in place already, quoted for where they stand. A variable that is
   * the last argument of `$__conditionalAll` arrives as one of its values, on All as the word `$__all`.
   */
  rawSql?: string;

  // variable: values of a column for a dashboard variable
  column?: string;
}

/**
 * fireplot: cells as a heatmap-cells frame. cell: what lies in one cell. events: rows as logs or table.
 * top: the largest groups, as table, time series or numeric. scans, spikes: what detection found.
 * intel: who on the lists of threat intelligence knocked, and what each list is worth. dshield: our ports beside DShield's. sql: with macros. variable: one column's values.
 */
export type QueryType =
  | 'fireplot'
  | 'cell'
  | 'events'
  | 'top'
  | 'scans'
  | 'spikes'
  | 'intel'
  | 'dshield'
  | 'sql'
  | 'variable';

/** In the order in which they are offered; pkg/finding has the same. */
export const SCAN_KINDS = [
  'vertical',
  'horizontal',
  'block',
  'synchronised',
  'distributed',
  'decoy',
  'diagonal',
  'backscatter',
  'periodic',
  'painted',
] as const;
export type ScanKind = (typeof SCAN_KINDS)[number];

/** Ascending; pkg/finding has the same. */
export const SEVERITIES = ['info', 'low', 'medium', 'high'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * Grafana's ad-hoc shape. `key` is a column of fireplot.events; addresses take CIDR, proto and action take words.
 * `=|` and `!=|` (one of, none of) read `values`; the others read `value`.
 */
export interface Filter {
  key: string;
  operator: '=' | '!=' | '=~' | '!~' | '<' | '<=' | '>' | '>=' | '=|' | '!=|';
  value: string;
  values?: string[];
}

/** Half-open in both directions: [from, to) in epoch ms, [portFrom, portTo). */
export interface CellRange {
  from: number;
  to: number;
  portFrom: number;
  portTo: number;
  /** Classes to count; missing means all that the query shows. */
  classes?: number[];
}

/** `url`, basic auth, TLS and headers are Grafana's own fields; these are ours. */
export interface FirewallOptions extends DataSourceJsonData {
  /** Default `fireplot`. */
  database?: string;
  /** Seconds a query may run; default 30. */
  queryTimeout?: number | string;
  /** Rows a table, log or SQL answer may have; default 10,000. */
  maxRows?: number | string;
}

export interface FirewallSecureOptions {
  basicAuthPassword?: string;
}

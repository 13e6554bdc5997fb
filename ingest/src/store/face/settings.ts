import { isName } from '../text.js';
import { FaceError } from './exception.js';
import { MAX_QUERY_BYTES } from './gate.js';

/** Bounds of a reader's query; a request may ask for less. */
export interface ReadLimits {
  /** Seconds when the request names none, and at most. */
  readonly defaultSeconds: number;
  readonly maxSeconds: number;
  /** Bytes a query may allocate; sorting and grouping go to disk at half of it. */
  readonly memory: number;
  /** Bytes of an answer before it is formatted. */
  readonly resultBytes: number;
}

export const DEFAULT_READ_LIMITS: ReadLimits = {
  defaultSeconds: 30,
  maxSeconds: 300,
  memory: 112 * 2 ** 20,
  resultBytes: 24 * 2 ** 20,
};

/**
 * Settings a reader may send. A list and no pattern: among the engine's thousand settings some read and write
 * files (format_schema, format_template_row, output_format_schema) or change how text is read (dialect).
 */
const ALLOWED = new Set([
  'additional_result_filter',
  'additional_table_filters',
  'aggregate_functions_null_for_empty',
  'any_join_distinct_right_table_keys',
  'asterisk_include_alias_columns',
  'asterisk_include_materialized_columns',
  'cancel_http_readonly_queries_on_client_close',
  'count_distinct_implementation',
  'date_time_output_format',
  'date_time_input_format',
  'empty_result_for_aggregation_by_empty_set',
  'enable_optimize_predicate_expression',
  'extremes',
  'final',
  'force_index_by_date',
  'force_optimize_projection',
  'force_primary_key',
  'group_by_overflow_mode',
  'group_by_use_nulls',
  'join_algorithm',
  'join_overflow_mode',
  'join_use_nulls',
  'limit',
  'log_comment',
  'log_queries',
  'max_block_size',
  'max_bytes_to_read',
  'max_columns_to_read',
  'max_rows_in_join',
  'max_rows_in_set',
  'max_rows_to_group_by',
  'max_rows_to_read',
  'max_rows_to_sort',
  'max_threads',
  'offset',
  'optimize_aggregation_in_order',
  'optimize_move_to_prewhere',
  'optimize_read_in_order',
  'optimize_use_projections',
  'output_format_csv_crlf_end_of_line',
  'output_format_decimal_trailing_zeros',
  'output_format_json_array_of_rows',
  'output_format_json_escape_forward_slashes',
  'output_format_json_quote_64bit_floats',
  'output_format_json_quote_64bit_integers',
  'output_format_json_quote_decimals',
  'output_format_json_quote_denormals',
  'output_format_json_named_tuples_as_objects',
  'output_format_native_use_flattened_dynamic_and_json_serialization',
  'output_format_pretty_max_rows',
  'output_format_tsv_crlf_end_of_line',
  'output_format_write_statistics',
  'prefer_column_name_to_alias',
  'priority',
  'read_overflow_mode',
  'result_overflow_mode',
  'session_timezone',
  'sort_overflow_mode',
  'timeout_before_checking_execution_speed',
  'timeout_overflow_mode',
  'totals_mode',
  'transform_null_in',
  'union_default_mode',
  'use_query_condition_cache',
  'use_skip_indexes',
]);

/** Bounded from above; 0, which means unlimited, becomes the bound. */
const CAPPED: Readonly<Record<string, (limits: ReadLimits) => number>> = {
  max_execution_time: (limits) => limits.maxSeconds,
  max_memory_usage: (limits) => limits.memory,
  max_result_bytes: (limits) => limits.resultBytes,
  max_result_rows: () => 10_000_000,
};

/** Sent by clients that mean well; what they say is done anyway, or has no meaning here. */
const IGNORED = new Set([
  'readonly',
  'wait_end_of_query',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
]);

/**
 * The settings of a reader's session, bounds included. Expressions among them (`additional_*`) are not checked
 * here.
 *
 * @throws FaceError for a setting that readers may not send
 */
export function readSettings(asked: ReadonlyMap<string, string>, limits: ReadLimits): Record<string, string> {
  const settings: Record<string, string> = {
    // The canonical text may be longer than what was sent.
    max_query_size: String(4 * MAX_QUERY_BYTES),
    max_execution_time: String(limits.defaultSeconds),
    max_memory_usage: String(limits.memory),
    max_bytes_before_external_group_by: String(Math.floor(limits.memory / 2)),
    max_bytes_before_external_sort: String(Math.floor(limits.memory / 2)),
    max_result_bytes: String(limits.resultBytes),
  };
  for (const [name, value] of asked) {
    const cap = CAPPED[name];
    if (IGNORED.has(name)) continue;
    if (cap) settings[name] = capped(name, value, cap(limits));
    else if (ALLOWED.has(name)) settings[name] = value;
    else throw refusal(name);
  }
  return settings;
}

function capped(name: string, value: string, most: number): string {
  const number = Number(value);
  if (!Number.isFinite(number) || number < 0)
    throw new FaceError(72, 'CANNOT_PARSE_NUMBER', `${name} is not a number: ${value}`);
  return String(number === 0 ? most : Math.min(number, most));
}

function refusal(name: string): FaceError {
  if (!isName(name))
    return new FaceError(115, 'UNKNOWN_SETTING', `${JSON.stringify(name)} is not the name of a setting`);
  return new FaceError(164, 'READONLY', `the setting ${name} is refused: readers may not change it`);
}

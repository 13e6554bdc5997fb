/** A dialect that the config describes instead of code. Plain data, checked by config/mappings.ts; texts are UTF-16. */
export interface Mapping {
  /** The dialect's name is `mapping:NAME`. */
  readonly name: string;
  readonly format: 'csv' | 'json';
  /** A text that every line of the device holds; '' claims by the shape of the line alone. */
  readonly match: string;
  /** Whether a syslog head stands before the values; JSON is found behind one either way. */
  readonly syslog: boolean;
  readonly csv: CsvShape;
  /** Only lines with one of these values are traffic. */
  readonly when: readonly { readonly from: string; readonly values: readonly string[] }[];
  readonly fields: readonly FieldRule[];
}

export interface CsvShape {
  /** One character. */
  readonly delimiter: string;
  /** One character, or '' for none; doubled within a value. */
  readonly quote: string;
  /** Names in their order; none when each file's first line has them. */
  readonly columns: readonly string[];
  /** Lines may have more columns than are named. */
  readonly moreColumns: boolean;
}

/** Where the value of one of the event's fields comes from. */
export interface FieldRule {
  /** A column of `events`, or `attrs.NAME`. */
  readonly to: string;
  /** CSV: a column's name; JSON: keys joined by dots. '' for a constant. */
  readonly from: string;
  /** What to set where the line has no value; with no `from`, always. */
  readonly value: string;
  /** The device's words → ours. A value that is none of them is `otherwise`, or itself when that is ''. */
  readonly values: Readonly<Record<string, string>>;
  readonly otherwise: string;
  /** Of `time`: iso, epoch, epoch_ms, epoch_us, epoch_ns, or a pattern with %Y %m %d and so on. */
  readonly format: string;
  /** Of `time`: the IANA zone of stamps that name none; '' for that of all other lines. */
  readonly zone: string;
}

export const PREFIX = 'mapping:';

/** Texts of the config as lines have them: one character a byte. */
export const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

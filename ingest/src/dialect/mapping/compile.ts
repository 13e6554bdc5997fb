import type { Dialect } from '../dialect.js';
import { jsonNode, type Shape } from '../fields/json.js';
import { csvDialect } from './csv-dialect.js';
import { jsonDialect } from './json-dialect.js';
import { asBytes, type Mapping } from './mapping.js';
import { rulesOf, type Zoned } from './rules.js';

/**
 * Makes the dialect that a mapping describes.
 * @param zoneOf a zone by its IANA name, for stamps of a zone of their own
 * @throws Error with one sentence when a path is both a value and an object
 */
export function compile(mapping: Mapping, zoneOf: (name: string) => Zoned): Dialect {
  const bytes = inBytes(mapping);
  const rules = rulesOf(bytes, zoneOf);
  if (bytes.format === 'csv') return csvDialect(bytes, rules);
  return jsonDialect(bytes, rules, jsonNode<number>(shapeOf(rules.names)));
}

/** The mapping with all that is compared with lines, or put into events, as lines have it: one character a byte. */
function inBytes(mapping: Mapping): Mapping {
  return {
    ...mapping,
    match: asBytes(mapping.match),
    csv: { ...mapping.csv, columns: mapping.csv.columns.map(asBytes) },
    when: mapping.when.map(({ from, values }) => ({ from: asBytes(from), values: values.map(asBytes) })),
    fields: mapping.fields.map((rule) => ({
      ...rule,
      from: asBytes(rule.from),
      value: asBytes(rule.value),
      otherwise: asBytes(rule.otherwise),
      values: Object.fromEntries(Object.entries(rule.values).map(([word, ours]) => [asBytes(word), asBytes(ours)])),
    })),
  };
}

/** Keys of paths, nested as their dots say, and as one key with its dots: exporters write either. */
function shapeOf(paths: readonly string[]): Shape<number> {
  const shape: Record<string, number | Record<string, unknown>> = {};
  paths.forEach((path, slot) => {
    put(shape, path.split('.'), slot, path);
    if (path.includes('.')) shape[path] = slot;
  });
  return shape as Shape<number>;
}

function put(shape: Record<string, unknown>, keys: readonly string[], slot: number, path: string): void {
  const [key = '', ...rest] = keys;
  if (rest.length === 0) {
    if (Object.hasOwn(shape, key)) throw new Error(`"${path}" is both a value and an object: name one of the two.`);
    shape[key] = slot;
    return;
  }
  if (!Object.hasOwn(shape, key)) shape[key] = {};
  const inner = shape[key];
  if (typeof inner !== 'object') throw new Error(`"${path}" is both a value and an object: name one of the two.`);
  put(inner as Record<string, unknown>, rest, slot, path);
}

import type { Shape } from './json.js';

/**
 * The shape of paths that may be written as nested objects, as keys with dots, or as both: `source.ip` is found in
 * `{"source":{"ip":…}}` and `{"source.ip":…}`.
 */
export function dotted<Field extends number>(paths: Readonly<Record<string, Field | readonly [Field]>>): Shape<Field> {
  const shape: Record<string, Shape<Field>[string]> = {};
  const below: Record<string, Record<string, Field | readonly [Field]>> = {};
  for (const [path, field] of Object.entries(paths)) {
    shape[path] = field;
    for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      (below[path.slice(0, dot)] ??= {})[path.slice(dot + 1)] = field;
    }
  }
  for (const [prefix, rest] of Object.entries(below)) shape[prefix] = dotted(rest);
  return shape;
}

import type { ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import type { Reference } from './reference';

/** What a variable stands for right now. */
export type Value =
  /** `several`: the variable may hold more than one value, even if it holds one now. */
  | { kind: 'values'; values: string[]; several: boolean; interval: boolean }
  /** Text its author wrote for All: taken as written. */
  | { kind: 'verbatim'; text: string };

/** The dashboard's variables, as interpolation sees them. */
export interface Variables {
  /** undefined for what is no variable: a macro, a `$1`, a name nobody defined. */
  valueOf(reference: Reference): Value | undefined;
  /** The mention in Grafana's own words, honouring its format. */
  textOf(reference: Reference): string;
  isAll(name: string): boolean;
}

/** Reads variables through Grafana's template service. `scopedVars` go before dashboard variables, as in Grafana. */
export function readVariables(templateSrv: Pick<TemplateSrv, 'replace'>, scopedVars: ScopedVars = {}): Variables {
  return {
    valueOf(reference) {
      const plain = `\${${reference.name}${reference.path}}`;
      let value: Value | undefined;
      const text = templateSrv.replace(plain, scopedVars, (raw: unknown, variable: unknown) => {
        value = toValue(raw, variable, reference.name);
        return '';
      });
      if (value !== undefined) {
        return value;
      }
      // The service formats All with an own text by itself, and leaves alone what it does not know.
      return text === plain ? undefined : { kind: 'verbatim', text };
    },
    textOf: (reference) => templateSrv.replace(reference.match, scopedVars),
    // The only format that tells All from the list of all values, in every Grafana since 7.3.
    isAll: (name) => /=(?:\$|%24)__all(?:&|$)/.test(templateSrv.replace(`\${${name}:queryparam}`, scopedVars)),
  };
}

function toValue(raw: unknown, variable: unknown, name: string): Value {
  const is = (key: string): unknown =>
    typeof variable === 'object' && variable !== null ? Reflect.get(variable, key) : undefined;
  return {
    kind: 'values',
    values: Array.isArray(raw) ? raw.map(String) : [String(raw)],
    several: Array.isArray(raw) || is('multi') === true || is('includeAll') === true,
    interval: is('type') === 'interval' || name === '__rate_interval',
  };
}

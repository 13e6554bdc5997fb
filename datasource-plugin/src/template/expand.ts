import { findReferences } from './reference';
import type { Variables } from './variables';

/** More combinations of values than this in one filter are a mistake, and would make a query nobody can run. */
const MAX_COMBINATIONS = 10_000;

/** What a filter's text stands for: its values, or `every`, when a variable in it is on All. */
export type Expansion = { kind: 'values'; values: string[] } | { kind: 'every' };

/**
 * Puts variables into the text of a filter. A variable with several values gives several texts: `10.0.$net.0/24`
 * with 1 and 2 is two networks. All gives `every`, since the list of options a variable knows need not be complete.
 * @param escape applied to values that were chosen from a list; what someone typed, or asked for in a format, is kept
 */
export function expand(text: string, variables: Variables, escape = (value: string) => value): Expansion {
  let texts = [''];
  let from = 0;
  for (const reference of findReferences(text)) {
    const before = text.slice(from, reference.at);
    from = reference.at + reference.match.length;
    const value = variables.valueOf(reference);
    let parts: string[];
    if (value === undefined) {
      parts = [reference.match];
    } else if (variables.isAll(reference.name)) {
      return { kind: 'every' };
    } else if (value.kind === 'verbatim') {
      parts = [value.text];
    } else if (reference.format !== undefined) {
      parts = [variables.textOf(reference)];
    } else {
      parts = value.several ? value.values.map(escape) : value.values;
    }
    if (texts.length * parts.length > MAX_COMBINATIONS) {
      throw new Error(
        `The filter value ${JSON.stringify(text)} stands for more than ${MAX_COMBINATIONS} values: choose fewer in its variables.`
      );
    }
    texts = texts.flatMap((head) => parts.map((part) => head + before + part));
  }
  const rest = text.slice(from);
  return { kind: 'values', values: [...new Set(texts.map((head) => head + rest))] };
}

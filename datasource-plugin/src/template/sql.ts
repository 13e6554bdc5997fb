import { type Reference, replaceReferences } from './reference';
import { callEndingWith, spanAt, sqlSpans } from './sqlLexer';
import { escapeComment, escapeIn, quoteIdentifier, quoteString } from './sqlQuote';
import type { Value, Variables } from './variables';

/** The word `$__conditionalAll` looks for; see query.ts. */
export const ALL_WORD = '$__all';

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const DURATION = /^\d+(?:ms|[smhdwMy])$/;

/**
 * Puts variables into SQL, each quoted for where it stands, so that no value can end the literal it is in:
 * bare it becomes a string literal, or a list of them (`IN ($x)`); a lone number of a single-value variable stays a
 * number, an interval an interval; between quotes it is escaped for those quotes, several values joined as
 * `'a','b'`. `:raw` and Grafana's other formats are taken as asked for; `:singlequote` and `:sqlstring` are ours,
 * since Grafana's do not know that ClickHouse reads backslashes. Macros are left for the backend.
 */
export function interpolateSql(sql: string, variables: Variables): string {
  const spans = sqlSpans(sql);
  return replaceReferences(sql, (reference) => {
    const value = variables.valueOf(reference);
    if (value === undefined) {
      return reference.match;
    }
    const span = spanAt(spans, reference.at);
    if (span === undefined) {
      const end = reference.at + reference.match.length;
      const call = callEndingWith(sql, spans, reference.at, end);
      if (call === '$__conditionalAll' && variables.isAll(reference.name)) {
        return ALL_WORD;
      }
      return bare(reference, value, variables);
    }
    const text = inside(reference, value, variables, span.quote);
    return span.place === 'comment' ? escapeComment(text) : text;
  });
}

function bare(reference: Reference, value: Value, variables: Variables): string {
  if (value.kind === 'verbatim') {
    return value.text;
  }
  switch (reference.format) {
    case undefined:
      break;
    case 'singlequote':
    case 'sqlstring':
      return list(value.values, quoteString);
    case 'doublequote':
      return list(value.values, quoteIdentifier);
    default:
      return variables.textOf(reference);
  }
  const only = value.values.length === 1 ? value.values[0] : undefined;
  if (only !== undefined && !value.several && (NUMBER.test(only) || (value.interval && DURATION.test(only)))) {
    return only;
  }
  return list(value.values, quoteString);
}

/** An empty choice becomes '': `IN ('')` finds nothing, where `IN ()` would be an error. */
function list(values: string[], quote: (value: string) => string): string {
  return (values.length === 0 ? [''] : values).map(quote).join(', ');
}

function inside(reference: Reference, value: Value, variables: Variables, quote: string): string {
  if (value.kind === 'verbatim') {
    return value.text;
  }
  if (reference.format === 'raw') {
    return variables.textOf(reference);
  }
  if (reference.format !== undefined) {
    return escapeIn(quote || "'", variables.textOf(reference));
  }
  if (quote === '') {
    return value.values.join(', ');
  }
  return value.values.map((each) => escapeIn(quote, each)).join(`${quote},${quote}`);
}

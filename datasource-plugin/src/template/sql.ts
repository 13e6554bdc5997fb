import { type Reference, replaceReferences } from './reference';
import { callEndingWith, spanAt, type SqlSpan, sqlSpans } from './sqlLexer';
import { escapeComment, escapeIn, quoteIdentifier, quoteString } from './sqlQuote';
import type { Value, Variables } from './variables';

/** What `$__conditionalAll` looks for; see query.ts. */
const ALL_WORD = '$__all';

/** Grafana's own variables that are macros of the backend too: bare, they are left to it, as in an alert rule. */
const ALSO_MACROS = new Set(['__interval', '__interval_ms', '__from', '__to']);

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
    if (asksForAll(sql, spans, reference, span)) {
      const choice = variables.isAll(reference.name)
        ? ALL_WORD
        : value.kind === 'verbatim'
          ? value.text
          : value.values[0];
      return span ? escapeIn(span.quote, choice ?? '') : choice === ALL_WORD ? choice : quoteString(choice ?? '');
    }
    if (span === undefined) {
      return bare(reference, value, variables);
    }
    const text = inside(reference, value, variables, span.quote);
    return span.place === 'comment' ? escapeComment(text) : text;
  });
}

/** Whether the variable is the last argument of `$__conditionalAll`, where only "all or not" is asked, not a list. */
function asksForAll(sql: string, spans: readonly SqlSpan[], reference: Reference, span: SqlSpan | undefined): boolean {
  const [from, to] = [reference.at, reference.at + reference.match.length];
  if (span === undefined) {
    return callEndingWith(sql, spans, from, to) === '$__conditionalAll';
  }
  const alone = span.place === 'string' && span.from + 1 === from && span.to - 1 === to;
  return alone && callEndingWith(sql, spans, span.from, span.to) === '$__conditionalAll';
}

function bare(reference: Reference, value: Value, variables: Variables): string {
  if (ALSO_MACROS.has(reference.name) && reference.format === undefined) {
    return reference.match;
  }
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

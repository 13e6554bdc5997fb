/** The format in which `Store.query` asks for rows: names and types lead, so that 64-bit integers can be told. */
export const ROW_FORMAT = 'JSONCompactEachRowWithNamesAndTypes';

/** Settings without which `decodeRows` could not keep its promise about large integers. */
export const ROW_SETTINGS = { output_format_json_quote_64bit_integers: 1 } as const;

const INTEGER = /^(?:Nullable\()?(?:LowCardinality\()?U?Int(?:64|128|256)\b|^SimpleAggregateFunction\([^,]+, U?Int64\)/;

/** Rows as objects. 64-bit integers become numbers where that is exact and stay text where it is not. */
export function decodeRows<Row>(text: string): Row[] {
  const lines = text.split('\n').filter(Boolean);
  if (lines.length < 2) return [];
  const names = JSON.parse(lines[0] as string) as string[];
  const types = JSON.parse(lines[1] as string) as string[];
  const large = types.map((type) => INTEGER.test(type));
  return lines.slice(2).map((line) => {
    const values = JSON.parse(line) as unknown[];
    return Object.fromEntries(names.map((name, i) => [name, large[i] ? exact(values[i]) : values[i]])) as Row;
  });
}

function exact(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** One mention of a dashboard variable: `$name`, `[[name:format]]` or `${name.field:format}`. */
export interface Reference {
  /** As written. */
  match: string;
  /** Position in the text. */
  at: number;
  name: string;
  /** `.field` or `["field"]` as written, '' when absent. */
  path: string;
  format?: string;
}

// Groups: 1 $name; 2, 3 [[name:format]]; 4, 5, 6 ${name path:format}, a path being .a.b or ["a"]. Grafana's grammar.
const REFERENCE =
  /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)((?:\.[^:^{}[\]]+|\["[^"]*"\]|\['[^']*'\]|\[[^\]"']*\])*)(?::([^}]+))?\}/g;

/** Every mention in the text, in order. Macros such as `$__timeFilter` look the same; only their values tell. */
export function findReferences(text: string): Reference[] {
  const found: Reference[] = [];
  for (const match of text.matchAll(REFERENCE)) {
    const name = match[1] ?? match[2] ?? match[4];
    if (name === undefined) {
      continue;
    }
    const format = match[3] ?? match[6];
    found.push({
      match: match[0],
      at: match.index,
      name,
      path: match[5] ?? '',
      ...(format === undefined ? {} : { format }),
    });
  }
  return found;
}

/** The text with every mention replaced by what `replace` gives for it. */
export function replaceReferences(text: string, replace: (reference: Reference) => string): string {
  let out = '';
  let from = 0;
  for (const reference of findReferences(text)) {
    out += text.slice(from, reference.at) + replace(reference);
    from = reference.at + reference.match.length;
  }
  return out + text.slice(from);
}

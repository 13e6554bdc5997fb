/** A token of canonical SQL: what formatQuery writes. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'sign';
  /** Words and signs as written, quoted names and strings without their quotes and escapes. */
  readonly text: string;
  readonly start: number;
}

/**
 * In this order: space and comments (none in canonical text, but the text of an INSERT is the client's own);
 * 1 words; 2 names in backticks; 3 names in double quotes; 4 strings, quotes doubled or escaped; 5 heredocs
 * $tag$…$tag$; 7 numbers; 8 any other sign.
 */
const TOKEN =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|([A-Za-z_][A-Za-z0-9_]*)|`((?:[^`\\]|\\[\s\S]|``)*)`|"((?:[^"\\]|\\[\s\S]|"")*)"|'((?:[^'\\]|\\[\s\S]|'')*)'|(\$(\w*)\$[\s\S]*?\$\6\$)|(\d[\w.]*)|([\s\S])/g;

/** Pure; never throws: what is no token is a sign. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  for (const match of sql.matchAll(TOKEN)) {
    const [, word, backtick, double, string, heredoc, , number, sign] = match;
    const start = match.index;
    if (word !== undefined) tokens.push({ kind: 'word', text: word, start });
    else if (backtick !== undefined || double !== undefined) {
      tokens.push({ kind: 'quoted', text: unescape(backtick ?? double ?? ''), start });
    } else if (string !== undefined) tokens.push({ kind: 'string', text: unescape(string), start });
    else if (heredoc !== undefined) tokens.push({ kind: 'string', text: heredoc, start });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, start });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, start });
  }
  return tokens;
}

const CONTROL: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', 0: '\0' };

function unescape(text: string): string {
  return text
    .replace(/''/g, "'")
    .replace(/\\x([0-9A-Fa-f]{2})|\\([\s\S])/g, (_, hex: string | undefined, c: string) =>
      hex === undefined ? (CONTROL[c] ?? c) : String.fromCharCode(parseInt(hex, 16))
    );
}

export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === word;
}

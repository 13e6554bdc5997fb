/**
 * Cuts a migration into statements at `;` outside of strings, quoted names and comments. Comments are dropped,
 * so that a file of comments alone is no statement. Pure.
 *
 * Each alternative is one token: `-- …` or `# …` to the line's end, a block comment, a string or quoted name
 * with backslash escapes (doubled quotes come out as two strings side by side, which is the same), `;`, or
 * anything else.
 */
const TOKEN =
  /--[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`|"(?:[^"\\]|\\[\s\S])*"|;|[\s\S]/g;

export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let current = '';
  const end = (): void => {
    if (current.trim()) statements.push(current.trim());
    current = '';
  };
  for (const [token] of sql.matchAll(TOKEN)) {
    if (token === ';') end();
    else if (token.length > 1 && (token.startsWith('--') || token.startsWith('#') || token.startsWith('/*')))
      current += ' ';
    else current += token;
  }
  end();
  return statements;
}

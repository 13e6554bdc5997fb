import type { Token } from './tokens.js';
import { isWord } from './tokens.js';
import { FaceError } from './exception.js';

/**
 * What a reader may not do although the engine's `readonly = 1` and the viewer role let it through (found by
 * trying): end others' queries, write a file with INTO OUTFILE, and read any file with the function file().
 */
const STATEMENTS = new Set(['SELECT', 'WITH', 'SHOW', 'DESCRIBE', 'DESC', 'EXPLAIN', 'EXISTS', '(']);

/** Functions that reach files. Also as bare names: `arrayMap(file, …)` and `* APPLY file` call them too. */
const FUNCTIONS = new Set(['file', 'catboostevaluate']);

/** @throws FaceError when one canonical statement is not a plain read */
export function checkRead(tokens: readonly Token[]): void {
  const first = tokens[0]?.text.toUpperCase() ?? '';
  if (!STATEMENTS.has(first)) {
    throw new FaceError(
      164,
      'READONLY',
      `${first} is refused: without the token of serve.json this interface only reads`
    );
  }
  tokens.forEach((token, i) => {
    if (isWord(token, 'INTO') && isWord(tokens[i + 1], 'OUTFILE')) {
      throw new FaceError(164, 'READONLY', 'INTO OUTFILE is refused: this interface only reads');
    }
    if (token.kind === 'word' || token.kind === 'quoted') checkName(token.text);
  });
}

/** Also for values of `{name:Identifier}` parameters. @throws FaceError */
export function checkName(name: string): void {
  if (FUNCTIONS.has(name.toLowerCase())) {
    throw new FaceError(164, 'READONLY', `the name ${name} is refused: a function of that name reads files`);
  }
}

/** Names of the parameters that stand for identifiers: `{name:Identifier}`. */
export function identifierParams(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token, i) =>
    token.text === '{' && tokens[i + 2]?.text === ':' && isWord(tokens[i + 3], 'IDENTIFIER')
      ? [tokens[i + 1]?.text ?? '']
      : []
  );
}

/** The output format that the statement names itself; '' when it names none. */
export function formatOf(tokens: readonly Token[]): string {
  let depth = 0;
  let format = '';
  tokens.forEach((token, i) => {
    if (token.kind === 'sign') depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
    else if (depth === 0 && isWord(token, 'FORMAT') && tokens[i + 1]?.kind === 'word')
      format = tokens[i + 1]?.text ?? '';
  });
  return format;
}

/**
 * Formats a reader may have. A list, since others (Template, Protobuf, CapnProto) read or write files of their own
 * by settings.
 */
const FORMAT =
  /^(?:(?:TabSeparated|TSV|CSV|JSON|Pretty|RowBinary)\w*|Native|Values|Vertical|XML|Markdown|Parquet|Arrow|ArrowStream|ORC|Avro|MsgPack|Null|LineAsString|RawBLOB|SQLInsert|Npy)$/;

/** @throws FaceError */
export function checkFormat(format: string): void {
  if (!FORMAT.test(format)) throw new FaceError(73, 'UNKNOWN_FORMAT', `the format ${format} is not offered here`);
}

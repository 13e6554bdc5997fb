import type { Monaco } from '@grafana/ui';
import type { SchemaInfo } from '../resources';

/** One thing the SQL editor can offer, before Monaco's types. */
export interface Completion {
  label: string;
  kind: 'macro' | 'table' | 'column' | 'function' | 'keyword';
  /** Beside the label: a type, or how a macro is called. */
  detail: string;
  about: string;
  insert: string;
}

const KEYWORDS = [
  'SELECT',
  'FROM',
  'PREWHERE',
  'WHERE',
  'GROUP BY',
  'HAVING',
  'ORDER BY',
  'LIMIT',
  'LIMIT BY',
  'WITH',
  'AS',
];

/** A signature that can be put in as it is; others say how the macro is placed. */
const ONE_CALL = /^\$__\w+(?:\([^()]*\))?$/;

/** What to offer for a schema; macros go first, since only they are ours. */
export function completions(schema: SchemaInfo): Completion[] {
  const macros = schema.macros.map(
    ({ name, signature, about }): Completion => ({
      label: name,
      kind: 'macro',
      detail: signature,
      about,
      insert: ONE_CALL.test(signature) ? signature : name,
    })
  );
  const tables = schema.tables.map(
    ({ name }): Completion => ({ label: name, kind: 'table', detail: 'table', about: '', insert: name })
  );
  const seen = new Map<string, Completion>();
  for (const table of schema.tables) {
    for (const { name, type } of table.columns) {
      const known = seen.get(name);
      const about = known ? `${known.about}, ${table.name}` : table.name;
      seen.set(name, { label: name, kind: 'column', detail: known?.detail ?? type, about, insert: name });
    }
  }
  const keywords = KEYWORDS.map(
    (word): Completion => ({ label: word, kind: 'keyword', detail: '', about: '', insert: word })
  );
  const functions = schema.functions.map(
    (name): Completion => ({ label: name, kind: 'function', detail: 'function', about: '', insert: name })
  );
  return [...macros, ...tables, ...seen.values(), ...keywords, ...functions];
}

/** The part of a line before the cursor that a completion replaces: a word, with the `$` of a macro or a table's dot. */
export function typedWord(lineBeforeCursor: string): string {
  return /[$\w.]*$/.exec(lineBeforeCursor)?.[0] ?? '';
}

/** The languages Monaco calls it in are shared by the page, so an answer is given for one editor's text only. */
export function registerCompletion(
  monaco: Monaco,
  modelId: string,
  load: () => Promise<Completion[]>
): { dispose: () => void } {
  return monaco.languages.registerCompletionItemProvider('sql', {
    triggerCharacters: ['$', '.'],
    provideCompletionItems: async (model, position) => {
      if (model.id !== modelId) {
        return { suggestions: [] };
      }
      const line = model.getValueInRange({
        startLineNumber: position.lineNumber,
        startColumn: 1,
        endLineNumber: position.lineNumber,
        endColumn: position.column,
      });
      const range = {
        startLineNumber: position.lineNumber,
        endLineNumber: position.lineNumber,
        startColumn: position.column - typedWord(line).length,
        endColumn: position.column,
      };
      const { CompletionItemKind } = monaco.languages;
      const kinds = {
        macro: CompletionItemKind.Snippet,
        function: CompletionItemKind.Function,
        table: CompletionItemKind.Struct,
        column: CompletionItemKind.Field,
        keyword: CompletionItemKind.Keyword,
      };
      const order = { macro: 0, column: 1, table: 2, keyword: 3, function: 4 };
      return {
        suggestions: (await load()).map(({ label, kind, detail, about, insert }) => ({
          label,
          kind: kinds[kind],
          detail,
          documentation: about,
          insertText: insert,
          sortText: `${order[kind]}${label}`,
          range,
        })),
      };
    },
  });
}

/**
 * How a source's bytes are to be taken: 'document' is JSON in which line ends are blanks, 'values' is JSON one value a line
 * (some of which hold many events), 'lines' is anything else. 'more' asks for more bytes.
 */
export type Kind = 'document' | 'values' | 'lines' | 'more';

/** First keys of documents that are one list of records: Azure's, AWS's. */
const LISTS = ['records', 'Records', 'events', 'logEvents'];
/** First key of what CloudWatch hands to subscribers, its list behind others. */
const CLOUDWATCH = 'messageType';
/** A first line that is longer is looked at no further. */
export const HEAD_BYTES = 8 * 1024;

const isBlank = (c: string | undefined): boolean => c === ' ' || c === '\n' || c === '\r' || c === '\t';

function skipBlanks(text: string, at: number): number {
  let i = at;
  while (isBlank(text[i])) i++;
  return i;
}

/** @param ended whether no more bytes will come */
export function kindOf(head: Buffer, ended: boolean): Kind {
  const text = head.toString('latin1', 0, HEAD_BYTES);
  const more = ended || head.length >= HEAD_BYTES ? 'lines' : 'more';
  const start = skipBlanks(text, text.startsWith('\u00ef\u00bb\u00bf') ? 3 : 0);
  if (start === text.length) return more;
  if (text[start] !== '{' && text[start] !== '[') return 'lines';
  const first = skipBlanks(text, start + 1);
  if (first === text.length) return more;
  // An array of objects. What dmesg brackets is none.
  if (text[start] === '[') return text[first] === '{' ? 'document' : 'lines';
  if (text[first] !== '"') return 'lines';
  // An object over several lines.
  if (text.slice(start, first).includes('\n')) return 'document';
  const quote = text.indexOf('"', first + 1);
  if (quote < 0) return more;
  const key = text.slice(first + 1, quote);
  if (key === CLOUDWATCH) return 'values';
  if (LISTS.includes(key)) {
    const list = opensList(text, quote + 1);
    if (list !== 'no') return list === 'yes' ? 'document' : more;
  }
  const end = text.indexOf('\n', quote);
  if (text.slice(0, end < 0 ? text.length : end).includes('"flowTuples"')) return 'values';
  return end < 0 ? more : 'lines';
}

/** Whether `: [ {` stands at `at`. */
function opensList(text: string, at: number): 'yes' | 'no' | 'more' {
  let i = at;
  for (const c of ':[{') {
    i = skipBlanks(text, i);
    if (i >= text.length) return 'more';
    if (text[i] !== c) return 'no';
    i++;
  }
  return 'yes';
}

/** Whether the first bytes of an object, without blanks, open the list that its events are in. */
export function isListHead(compact: string): boolean {
  if (compact.startsWith(`{"${CLOUDWATCH}":`)) return compact.endsWith(',"logEvents":[');
  return LISTS.some((key) => compact === `{"${key}":[`);
}

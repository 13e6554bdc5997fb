/** A record of a master file. */
export interface Record {
  /** Relative to the zone, '' for the zone itself. */
  readonly owner: string;
  readonly type: string;
  readonly data: string;
  readonly line: number;
  readonly origin: string;
  /** Set when the file ends in the middle of this record: why it is not whole. */
  readonly broken: string;
}

/** Strings, comments, brackets, and everything else between blanks. */
const TOKEN = /"(?:[^"\\]|\\.)*"|;.*|[()]|[^\s;()"]+/g;
const CLASS_OR_TTL = /^(?:IN|CH|HS|\d[smhdw\d]*)$/i;

/** The records of a zone's master file (RFC 1035, 5), owners relative to the zone that its SOA names. Pure. */
export function* records(text: string): Generator<Record> {
  let origin = '';
  let zone = '';
  let owner = '';
  let open: string[] | undefined;
  let started = '';
  let number = 0;
  for (const line of text.split('\n')) {
    number++;
    const tokens = (line.match(TOKEN) ?? []).filter((token) => !token.startsWith(';'));
    if (tokens.length === 0) continue;
    if (open === undefined) started = line;
    const all: string[] = [...(open ?? []), ...tokens];
    if (count(all, '(') > count(all, ')')) {
      open = all;
      continue;
    }
    open = undefined;
    const words = all.filter((token) => token !== '(' && token !== ')');
    if (words[0]?.toUpperCase() === '$ORIGIN') {
      origin = absolute(words[1] ?? '', origin);
      continue;
    }
    if (words[0]?.startsWith('$')) continue;
    if (!/^\s/.test(started)) owner = absolute(words.shift() ?? '', origin);
    while (CLASS_OR_TTL.test(words[0] ?? '')) words.shift();
    const [type = '', ...data] = words;
    if (type.toUpperCase() === 'SOA' && zone === '') zone = owner;
    yield {
      ...{ owner: relative(owner, zone), type: type.toUpperCase() },
      data: data.join(' '),
      line: number,
      origin: zone,
      broken: '',
    };
  }
  if (open !== undefined) {
    const broken = `a bracket that opens before line ${number} is never closed`;
    yield { owner: '', type: '', data: '', line: number, origin: zone, broken };
  }
}

const count = (tokens: readonly string[], wanted: string): number => tokens.filter((token) => token === wanted).length;

function absolute(name: string, origin: string): string {
  if (name === '@') return origin;
  if (name.endsWith('.')) return name.slice(0, -1);
  return origin === '' ? name : `${name}.${origin}`;
}

function relative(name: string, zone: string): string {
  if (zone === '') return name;
  if (name.toLowerCase() === zone.toLowerCase()) return '';
  const end = `.${zone.toLowerCase()}`;
  return name.toLowerCase().endsWith(end) ? name.slice(0, -end.length) : name;
}

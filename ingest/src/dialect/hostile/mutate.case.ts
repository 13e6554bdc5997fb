import fc from 'fast-check';
import { ADDRESSES, NUMBERS, PIECES, VALUES } from './words.case.js';

/** A change of a line that knows a little of how lines are made: of fields, numbers, addresses, quotes and objects. */
type Change = (line: string) => string;

/** A place in a line, or one of several things in it, as a share of their number. */
const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

const at = (line: string, part: number): number => Math.floor(part * (line.length + 1));

/** The match of `pattern` at that share of all matches, replaced; the line itself where there is none. */
function replaceOne(line: string, pattern: RegExp, part: number, by: (found: string) => string): string {
  const found = [...line.matchAll(pattern)];
  const one = found[Math.floor(part * found.length)];
  if (one === undefined) return line;
  return line.slice(0, one.index) + by(one[0]) + line.slice(one.index + one[0].length);
}

const DELIMITERS = [' ', ',', '\t', '|', ';', '=', ':', '/', '"'];

/** Fields of a line by a delimiter, changed and put together again. */
const byFields = (delimiter: string, change: (fields: string[]) => void): Change => {
  return (line) => {
    const fields = line.split(delimiter);
    change(fields);
    return fields.join(delimiter);
  };
};

const NUMBER = /\d+/g;
const ADDRESS = /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|[0-9a-f]{1,4}::?[0-9a-f:]+/gi;
const WORD = /[A-Za-z_]{2,}/g;
const VALUE = /(?<=":\s?)(?:"[^"]*"|[\d.]+|true|false|null)/g;

/**
 * The changes that are made. `others` are lines of any dialect, whose fields and words come in by turns with those of
 * the line's own.
 */
function changes(lines: readonly string[], others: readonly string[]): fc.Arbitrary<Change> {
  const line = fc.oneof(fc.constantFrom(...lines), fc.constantFrom(...others));
  const delimiter = fc.constantFrom(...DELIMITERS);
  const pick = (fields: readonly string[], part: number): number => Math.floor(part * fields.length);
  return fc.oneof(
    fc.tuple(share, fc.constantFrom(...PIECES)).map(
      ([p, piece]): Change =>
        (text) => {
          return text.slice(0, at(text, p)) + piece + text.slice(at(text, p));
        }
    ),
    fc.tuple(share, fc.nat(40)).map(
      ([p, length]): Change =>
        (text) => {
          return text.slice(0, at(text, p)) + text.slice(at(text, p) + length);
        }
    ),
    fc.tuple(share, fc.nat(40)).map(
      ([p, length]): Change =>
        (text) => {
          return text.slice(0, at(text, p) + length) + text.slice(at(text, p));
        }
    ),
    fc.tuple(share, fc.nat(255)).map(
      ([p, code]): Change =>
        (text) => {
          return text.slice(0, at(text, p)) + String.fromCharCode(code) + text.slice(at(text, p) + 1);
        }
    ),
    share.map(
      (p): Change =>
        (text) =>
          text.slice(0, at(text, p))
    ),
    fc.tuple(share, share, line).map(
      ([p, q, other]): Change =>
        (text) =>
          text.slice(0, at(text, p)) + other.slice(at(other, q))
    ),
    fc.tuple(share, fc.constantFrom(...NUMBERS)).map(
      ([p, number]): Change =>
        (text) =>
          replaceOne(text, NUMBER, p, () => number)
    ),
    fc.tuple(share, fc.constantFrom(...ADDRESSES)).map(
      ([p, address]): Change =>
        (text) =>
          replaceOne(text, ADDRESS, p, () => address)
    ),
    fc.tuple(share, share, line).map(
      ([p, q, other]): Change =>
        (text) => {
          const words = other.match(WORD) ?? [''];
          return replaceOne(text, WORD, p, () => words[pick(words, q)]!);
        }
    ),
    fc.tuple(share, fc.constantFrom(...VALUES)).map(
      ([p, value]): Change =>
        (text) =>
          replaceOne(text, VALUE, p, () => value)
    ),
    fc.tuple(delimiter, share, fc.constantFrom(0, 1, 2, 40)).map(([by, p, times]) =>
      byFields(by, (fields) => {
        const one = pick(fields, p);
        fields.splice(one, 1, ...Array.from({ length: times }, () => fields[one]!));
      })
    ),
    fc.tuple(delimiter, share, share).map(([by, p, q]) =>
      byFields(by, (fields) => {
        const [one, two] = [pick(fields, p), pick(fields, q)];
        [fields[one], fields[two]] = [fields[two]!, fields[one]!];
      })
    ),
    fc.tuple(delimiter, share, share, line).map(([by, p, q, other]) =>
      byFields(by, (fields) => {
        const theirs = other.split(by);
        fields[pick(fields, p)] = theirs[pick(theirs, q)]!;
      })
    ),
    fc.constant<Change>((text) => JSON.stringify(text).slice(1, -1)),
    fc.constant<Change>((text) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase()))
  );
}

/** A line with one to four changes. @param others lines of all dialects, to be mixed in; the line's own when left out */
export function mutated(lines: readonly string[], others: readonly string[] = lines): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...lines), fc.array(changes(lines, others), { minLength: 1, maxLength: 4 }))
    .map(([line, made]) => made.reduce((changed, change) => change(changed), line));
}

import type { Indicator } from './indicator.js';

/** An entry that could not be read. */
export interface Bad {
  /** Line of its document, or number of the entry, from 1. */
  readonly at: number;
  readonly text: string;
}

/** What a format makes of a feed. */
export interface Parsed {
  readonly indicators: readonly Indicator[];
  /** The first 100 that could not be read. */
  readonly bad: readonly Bad[];
  readonly badCount: number;
  /** Entries of a kind that no firewall line can show (hashes, URLs, mail addresses), or that were taken back. */
  readonly ignored: number;
  /** Set when the feed itself shows that a part of it is missing: why. */
  readonly truncated: string | undefined;
}

/** A feed's format: pure, and it never throws on content but for a document that is no JSON (SyntaxError). */
export interface Format {
  readonly name: string;
  /** For --help. */
  readonly about: string;
  /** @param documents the feed's text; of a feed in pages or many files, each of them */
  parse(documents: readonly string[], options: FormatOptions): Parsed;
}

export interface FormatOptions {
  /** For csv: which column is what, `indicator=ip,score=confidence`. */
  readonly map?: string;
}

const KEPT = 100;
const TEXT = 200;

/** Collects what a parser finds. */
export class Collector {
  readonly #indicators: Indicator[] = [];
  readonly #bad: Bad[] = [];
  #badCount = 0;
  #ignored = 0;
  #truncated: string | undefined;

  /** Takes an indicator, or counts an entry that was none. */
  add(indicator: Indicator | undefined, at: number, text: string): void {
    if (indicator === undefined) this.bad(at, text);
    else this.#indicators.push(indicator);
  }

  bad(at: number, text: string): void {
    this.#badCount++;
    if (this.#bad.length < KEPT) this.#bad.push({ at, text: text.slice(0, TEXT) });
  }

  ignore(): void {
    this.#ignored++;
  }

  truncated(why: string): void {
    this.#truncated ??= why;
  }

  get count(): number {
    return this.#indicators.length;
  }

  done(): Parsed {
    return {
      indicators: this.#indicators,
      bad: this.#bad,
      badCount: this.#badCount,
      ignored: this.#ignored,
      truncated: this.#truncated,
    };
  }
}

/** Calls back for each line that is not empty, without its end and blanks around; `number` counts from 1. */
export function eachLine(documents: readonly string[], take: (line: string, number: number) => void): void {
  for (const text of documents) {
    let number = 0;
    for (let at = 0; at < text.length; ) {
      const next = text.indexOf('\n', at);
      const end = next < 0 ? text.length : next;
      number++;
      const line = text.slice(at, end).trim();
      if (line !== '') take(line, number);
      at = end + 1;
    }
  }
}

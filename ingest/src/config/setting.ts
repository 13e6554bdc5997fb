/** One thing that can be set: by option, by variable, by the config file, or left at its default. */
export interface Setting<T> {
  /** As commander takes it: `--store <folder>`. Undefined: not by option. */
  readonly flags?: string;
  /** Name of the environment variable. Undefined: not by variable. */
  readonly variable?: string;
  /** Where it stands in the config file, `syslog.listen`. Undefined: not by file. */
  readonly path?: string;
  readonly about: string;
  /** What the default is, in words, for --help; the value's own text when missing. */
  readonly fallbackWords?: string;
  readonly fallback: () => T;
  /** The option may be given more than once, the variable separates by commas, the file has a list. */
  readonly list?: true;
  /** Holds a secret or may: never shown. */
  readonly secret?: true;
  /** `off` turns it off, which is undefined then. */
  readonly offable?: true;
  /** A path: in the config file relative to that file, else to the working folder. '' is none. */
  readonly folder?: true;
  /** A path, and the name of the systemd credential that stands in for it: a file in $CREDENTIALS_DIRECTORY. */
  readonly credential?: string;
  /** @throws Error with one sentence when a text makes no sense; gets all texts of a list. */
  readonly parse: (texts: readonly string[]) => T;
}

type Facts<T> = Omit<Setting<T>, 'parse' | 'list' | 'fallback'>;

/** A setting with one value. */
export function one<T>(facts: Facts<T>, fallback: () => T, parse: (text: string) => T): Setting<T> {
  return { ...facts, fallback, parse: ([text]) => parse(text ?? '') };
}

/** A setting with any number of values. */
export function many(facts: Facts<readonly string[]>, check: (text: string) => unknown): Setting<readonly string[]> {
  return {
    ...facts,
    list: true,
    fallback: () => [],
    parse: (texts) => {
      for (const text of texts) check(text);
      return texts;
    },
  };
}

/** The camel-case name under which commander keeps an option. */
export function optionName(flags: string): string {
  const name = /--([a-z-]+)/.exec(flags)?.[1] ?? '';
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** What may be given instead, so that the JSON schema says it too (schema.ts). */
export class OutOfRange extends Error {
  readonly min: number;
  readonly max: number;

  constructor(message: string, min: number, max: number) {
    super(message);
    this.min = min;
    this.max = max;
  }
}

/** As OutOfRange, of words. */
export class NotOneOf extends Error {
  readonly words: readonly string[];

  constructor(message: string, words: readonly string[]) {
    super(message);
    this.words = words;
  }
}

/** @throws OutOfRange */
export function wholeNumber(text: string, min: number, max: number, unit: string): number {
  const value = /^\d{1,12}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max))
    throw new OutOfRange(`"${text}" is no number of ${unit}: give one from ${min} to ${max}.`, min, max);
  return value;
}

/** @throws NotOneOf */
export function oneOf<T extends string>(text: string, words: readonly T[]): T {
  const word = words.find((each) => each === text);
  if (word === undefined) throw new NotOneOf(`"${text}" is not known: give one of ${words.join(', ')}.`, words);
  return word;
}

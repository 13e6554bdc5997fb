import type { Event } from '../event/event.js';

/** Words in a log prefix that tell what the rule did. The first word that is one of these decides. */
const WORDS: Readonly<Record<string, Event['action']>> = {
  drop: 'drop',
  dropped: 'drop',
  deny: 'drop',
  denied: 'drop',
  block: 'drop',
  blocked: 'drop',
  discard: 'drop',
  discarded: 'drop',
  reject: 'reject',
  rejected: 'reject',
  rej: 'reject',
  accept: 'allow',
  accepted: 'allow',
  acc: 'allow',
  allow: 'allow',
  allowed: 'allow',
  pass: 'allow',
  passed: 'allow',
  permit: 'allow',
  permitted: 'allow',
};

/** A rule of the user's: prefixes that hold `match` as whole words, in any case, mean `action`. */
export interface ActionRule {
  readonly match: string;
  readonly action: Event['action'];
}

/** Prefixes are few (one a logging rule); a flood of made-up ones only costs their parsing. */
const CACHE_LIMIT = 1024;

const isWordCode = (c: number): boolean => (c >= 48 && c <= 57) || (c >= 97 && c <= 122) || c > 127;

/** Whether `phrase` stands in `text` with no letter or digit next to it. Both in lower case. */
function hasPhrase(text: string, phrase: string): boolean {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    const after = at + phrase.length;
    const freeBefore = at === 0 || !isWordCode(text.charCodeAt(at - 1));
    const freeAfter = after === text.length || !isWordCode(text.charCodeAt(after));
    if (freeBefore && freeAfter) return true;
  }
  return false;
}

function byWord(text: string): Event['action'] {
  let start = -1;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && isWordCode(text.charCodeAt(i))) {
      if (start < 0) start = i;
    } else if (start >= 0) {
      const word = text.substring(start, i);
      if (Object.hasOwn(WORDS, word)) return WORDS[word]!;
      start = -1;
    }
  }
  return 'unknown';
}

/**
 * Makes the function that tells the action from a log prefix. `rules` come first, in their order; then the
 * words above; a prefix with none of them is 'unknown'. Words are separated by anything but letters and digits,
 * so `DROP_INPUT` and `[wan:drop]` hold `drop` and `raindrop` does not.
 */
export function actionRules(rules: readonly ActionRule[] = []): (prefix: string) => Event['action'] {
  const lowered = rules
    .filter((rule) => rule.match !== '')
    .map(({ match, action }) => [match.toLowerCase(), action] as const);
  const cache = new Map<string, Event['action']>();
  return (prefix) => {
    const known = cache.get(prefix);
    if (known !== undefined) return known;
    const text = prefix.toLowerCase();
    const own = lowered.find(([phrase]) => hasPhrase(text, phrase));
    const action = own ? own[1] : byWord(text);
    if (cache.size >= CACHE_LIMIT) cache.clear();
    if (prefix.length <= 256) cache.set(prefix, action);
    return action;
  };
}

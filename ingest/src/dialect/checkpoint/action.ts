import type { Event } from '../../event/event.js';

/** Check Point's actions in lower case. Encrypted and decrypted packets were let through a tunnel. */
const ACTIONS: ReadonlyMap<string, Event['action']> = new Map([
  ['accept', 'allow'],
  ['allow', 'allow'],
  ['encrypt', 'allow'],
  ['decrypt', 'allow'],
  ['bypass', 'allow'],
  ['https bypass', 'allow'],
  ['inspect', 'allow'],
  ['https inspect', 'allow'],
  ['authorize', 'allow'],
  ['redirect', 'allow'],
  ['drop', 'drop'],
  ['block', 'drop'],
  ['prevent', 'drop'],
  ['quarantine', 'drop'],
  ['deauthorize', 'drop'],
  ['reject', 'reject'],
  ['detect', 'alert'],
  ['monitor', 'alert'],
  ['monitored', 'alert'],
  ['flag', 'alert'],
  ['alert', 'alert'],
]);

/** What a gateway did by its word, in any case; 'unknown' for words that decide nothing (`ctl`, `Ask User`). */
export const actionOf = (word: string): Event['action'] => ACTIONS.get(word.toLowerCase()) ?? 'unknown';

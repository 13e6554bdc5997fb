import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Reason } from '../dialect.js';
import { codeAt, cursor, decimal, isDigit, lineEnd, MAX_UINT32, name, SPACE } from '../scan.js';
import { inRange } from '../syslog/clock.js';
import { isYear, monthAt } from '../syslog/parts.js';
import { fileOf, hostOf, readEnds, readRule } from './settle.js';

/** What comes next in an alert of alerts.log. */
enum Next {
  /** `** Alert 1795316645.60385: mail  - syslog,sshd,`. */
  Title,
  /** `2026 Nov 22 03:04:05 (gate) 192.0.2.1->/var/log/secure`. */
  Place,
  /** `Rule: 5712 (level 10) -> 'text'`. */
  Rule,
  /** `Src IP: 198.51.100.23` and its like, then the line that the rule matched. */
  Line,
  /** More lines, until an empty one. */
  More,
}

const TITLE = '** Alert ';
const RULE = 'Rule: ';
/** More lines than this are not believed to be one alert's: whoever forges a title must not silence a sender. */
const LINE_LIMIT = 32;

const KEYS = ['Src IP: ', 'Src Port: ', 'Dst IP: ', 'Dst Port: ', 'User: '] as const;
const OTHERS = ['Src Location: ', 'Dst Location: '];

/**
 * An alert of alerts.log, which is several lines up to an empty one. It becomes an event at the line that the rule matched,
 * the first behind the fields: so that line is the event's message. The others tell only how that one is to be read.
 */
export class Block {
  #next = Next.Title;
  #seconds = 0;
  #location = '';
  #rule = '';
  #level = '';
  #text = '';
  #lines = 0;
  readonly #values = new Map<string, string>();

  /** Whether the line can be the next of the alert at hand, or the first of one. */
  claims(line: string): boolean {
    if (isTitle(line)) return true;
    if (this.#next === Next.Place) return isPlace(line);
    if (this.#next === Next.Rule) return isRule(line);
    return this.#next !== Next.Title;
  }

  /** An empty line: the alert is over. */
  end(): void {
    this.#next = Next.Title;
  }

  /** Reads a line that `claims` takes; 'ok' for the one that the rule matched. */
  read(line: string, event: Event): 'ok' | 'header' | Reason {
    if (isTitle(line)) this.#readTitle(line);
    else if (this.#next === Next.Place) this.#readPlace(line);
    else if (this.#next === Next.Rule) this.#readRule(line);
    else if (this.#next === Next.Line) return this.#readField(line) ? 'header' : this.#emit(event);
    else if (++this.#lines >= LINE_LIMIT) this.#next = Next.Title;
    return 'header';
  }

  #readTitle(line: string): void {
    const seconds = decimal(line, TITLE.length, line.length, MAX_UINT32);
    this.#seconds = seconds;
    this.#location = this.#rule = this.#level = this.#text = '';
    this.#values.clear();
    this.#lines = 0;
    this.#next = Next.Place;
  }

  #readPlace(line: string): void {
    this.#location = line.substring(STAMP_LENGTH + 1, lineEnd(line));
    this.#next = Next.Rule;
  }

  #readRule(line: string): void {
    decimal(line, RULE.length, line.length, MAX_UINT32);
    this.#rule = line.substring(RULE.length, cursor.at);
    const level = cursor.at + LEVEL.length;
    decimal(line, level, line.length, MAX_UINT32);
    this.#level = line.substring(level, cursor.at);
    const open = line.indexOf("'", cursor.at);
    const close = line.lastIndexOf("'");
    this.#text = open > 0 && close > open ? name(line, open + 1, close) : '';
    this.#next = Next.Line;
  }

  #readField(line: string): boolean {
    if (OTHERS.some((key) => line.startsWith(key))) return true;
    const key = KEYS.find((each) => line.startsWith(each));
    if (key === undefined || this.#values.has(key)) return false;
    this.#values.set(key, line.substring(key.length, Math.min(lineEnd(line), key.length + 256)));
    return true;
  }

  #emit(event: Event): 'ok' | Reason {
    this.#next = Next.More;
    event.time = inRange(this.#seconds * 1000);
    if (event.time <= 0) return 'time-range';
    const value = (key: (typeof KEYS)[number]): string => this.#values.get(key) ?? '';
    const verdict = readEnds(
      {
        source: value('Src IP: '),
        sourcePort: value('Src Port: '),
        target: value('Dst IP: '),
        targetPort: value('Dst Port: '),
        proto: '',
      },
      event
    );
    if (verdict !== 'ok') return verdict;
    event.sensor = hostOf(this.#location);
    readRule(this.#rule, this.#level, this.#text, '', event);
    setAttr(event, 'file', fileOf(this.#location));
    const user = value('User: ');
    if (user !== '(none)') setAttr(event, 'user', user);
    return 'ok';
  }
}

const LEVEL = ' (level ';
/** Of `2026 Nov 22 03:04:05`. */
const STAMP_LENGTH = 20;

const isTitle = (line: string): boolean => line.startsWith(TITLE) && isDigit(codeAt(line, TITLE.length));

const isPlace = (line: string): boolean =>
  isYear(line, 0) && codeAt(line, 4) === SPACE && monthAt(line, 5) >= 0 && codeAt(line, STAMP_LENGTH) === SPACE;

function isRule(line: string): boolean {
  if (!line.startsWith(RULE)) return false;
  return decimal(line, RULE.length, line.length, MAX_UINT32) >= 0 && line.startsWith(LEVEL, cursor.at);
}

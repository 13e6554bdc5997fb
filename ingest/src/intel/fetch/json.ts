import { isObject } from '../json.js';
import type { Json } from '../json.js';
import { isHtml } from '../refuse.js';
import { FetchError } from './error.js';

/** An answer that must be a JSON object. @throws FetchError */
export function jsonOf(url: URL, text: string): Json {
  if (isHtml(text)) throw new FetchError(`${url.host} answers with a web page (HTML) and no feed`);
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (cause) {
    throw new FetchError(`${url.host} answers with no whole JSON: it may be cut short`, { cause });
  }
  throw new FetchError(`${url.host} answers with JSON that is no object`);
}

import { UserError } from '../../config/error.js';
import type { Format } from '../feed.js';
import { FORMATS } from './index.js';

/** @throws UserError for a format that is none */
export function formatNamed(name: string): Format {
  const format = FORMATS.find((each) => each.name === name);
  if (format !== undefined) return format;
  throw new UserError(`"${name}" is no format: give --format one of ${FORMATS.map((each) => each.name).join(', ')}.`);
}

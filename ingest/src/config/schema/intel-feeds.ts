import { FORMATS } from '../../intel/format/index.js';
import type { Schema } from './schema.js';

const text = (description: string): Schema => ({ type: 'string', minLength: 1, description });

/** `intel.feeds` as intel-feeds.ts reads it. */
export function intelFeedsSchema(): Schema {
  return {
    description: 'feeds that serve asks for',
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['source'],
      properties: {
        source: text('URL, file, or the name of a well-known source'),
        name: { type: 'string', pattern: '^[\\w.-]{1,64}$', description: 'what to call it' },
        format: { enum: FORMATS.map(({ name }) => name) },
        every: { type: 'string', pattern: '^\\d{1,5}[mhd]$', description: 'how often it is asked for: 30m, 6h, 1d' },
        score: { type: 'integer', minimum: 1, maximum: 100, description: 'of entries that bring none' },
        map: text('for csv: indicator=COLUMN[,score=COLUMN…]'),
        skip_reserved: { type: 'boolean', description: 'leave private and reserved ranges out' },
        key_file: text('file that holds the key alone'),
        key_env: text('environment variable that holds the key'),
        key_credential: text('systemd credential that holds the key'),
        auth: text('how the key is sent: bearer, basic, key, or the name of a header'),
      },
    },
  };
}

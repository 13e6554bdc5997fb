import { ATTRS, TARGETS, TIME } from '../../dialect/mapping/targets.js';
import type { Schema } from './schema.js';

const TEXT: Schema = { type: 'string' };
const SCALAR: Schema = { type: ['string', 'number', 'boolean'] };

/** The schema of `mappings`; what one thing of it asks of another is checked by mappings.ts alone. */
export function mappingSchema(): Schema {
  return {
    description: 'devices that no dialect knows: separated values or JSON, one line an event',
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'format', 'fields'],
      properties: {
        name: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]{0,31}$', description: 'the dialect is mapping:NAME' },
        format: { enum: ['csv', 'json'] },
        match: { type: 'string', minLength: 1, description: 'a text that is in every line' },
        syslog: { type: 'boolean', description: "a syslog head and a program's tag stand before the values" },
        delimiter: { type: 'string', minLength: 1, description: 'csv: one character, tab or space', default: ',' },
        quote: {
          type: 'string',
          maxLength: 1,
          description: "csv: what values may stand in, '' for nothing",
          default: '"',
        },
        columns: {
          type: 'array',
          items: { type: ['string', 'number', 'boolean', 'null'] },
          description: "csv: names in their order, ~ for none; without them each file's first line has them",
        },
        more_columns: { type: 'boolean', description: 'csv: lines may have more columns than these' },
        when: {
          type: 'object',
          additionalProperties: { anyOf: [SCALAR, { type: 'array', items: SCALAR }] },
          description: 'only lines with one of these values are traffic',
        },
        fields: {
          type: 'object',
          additionalProperties: false,
          properties: Object.fromEntries([TIME, ...TARGETS.keys()].map((to) => [to, FIELD])) as Schema,
          patternProperties: { [`^${ATTRS.replaceAll('.', '\\.')}.`]: FIELD },
          description: "fields of the event: the name of a column, or of JSON's keys joined by dots",
        },
      },
    },
  };
}

const FIELD: Schema = {
  anyOf: [
    TEXT,
    {
      type: 'object',
      additionalProperties: false,
      properties: {
        from: { ...SCALAR, description: 'the column; for json the keys, joined by dots' },
        value: { ...SCALAR, description: 'what it is where the line says nothing (without from: always)' },
        values: { type: 'object', additionalProperties: SCALAR, description: "the device's words and ours" },
        otherwise: { ...SCALAR, description: 'what any other word means' },
        format: { type: 'string', description: 'of time: iso, epoch, epoch_ms, epoch_us, epoch_ns, or a pattern' },
        zone: { type: 'string', description: 'of time: IANA zone of stamps that name none' },
      },
    },
  ],
};

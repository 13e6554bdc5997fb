import { ACTIONS } from '../../event/event.js';
import { MAPPINGS_PATH } from '../mappings.js';
import { NotOneOf, OutOfRange } from '../setting.js';
import type { Setting } from '../setting.js';
import { FEEDS_PATH } from '../intel-feeds.js';
import { intelFeedsSchema } from './intel-feeds.js';
import { mappingSchema } from './mapping.js';

/** A piece of a JSON schema, draft 7. */
export interface Schema {
  readonly [key: string]: unknown;
}

/** No setting takes this text, so that what it complains of tells what it takes. */
const NONSENSE = '\0';

/**
 * The JSON schema of the config file, made from the settings themselves, so that editors complete and check what is
 * written there. It takes whatever the program takes, and of what the program refuses all that can be told without
 * its code.
 */
export function configSchema(settings: Readonly<Record<string, Setting<unknown>>>): Schema {
  const root: Group = { properties: {} };
  for (const setting of Object.values(settings)) {
    if (setting.path !== undefined) put(root, setting.path.split('.'), settingSchema(setting));
  }
  put(root, FEEDS_PATH.split('.'), intelFeedsSchema());
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of the fireplot command',
    ...groupSchema({
      properties: {
        $schema: { type: 'string', description: 'where this schema is; for editors alone' },
        ...root.properties,
        actions: ACTION_RULES,
        [MAPPINGS_PATH]: mappingSchema(),
      },
    }),
  };
}

const ACTION_RULES: Schema = {
  description: 'what the words of a log prefix mean, before the usual ones',
  type: 'array',
  items: {
    type: 'object',
    properties: { match: { type: 'string', minLength: 1 }, action: { enum: ACTIONS } },
    required: ['match', 'action'],
  },
};

interface Group {
  readonly properties: Record<string, Group | Schema>;
}

function put(group: Group, [name = '', ...rest]: readonly string[], schema: Schema): void {
  if (rest.length === 0) group.properties[name] = schema;
  else put((group.properties[name] ??= { properties: {} }) as Group, rest, schema);
}

function groupSchema({ properties }: Group): Schema {
  const entries = Object.entries(properties).map(([name, inner]) => [
    name,
    'properties' in inner && !('type' in inner) ? groupSchema(inner as Group) : inner,
  ]);
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(entries) as Schema };
}

function settingSchema(setting: Setting<unknown>): Schema {
  const value = valueSchema(setting);
  const shape = setting.list ? { type: 'array', items: value } : value;
  const fallback = setting.fallback();
  // What differs from machine to machine, or is no text or number, is told in words.
  const plain = setting.fallbackWords === undefined && fallback !== undefined;
  return {
    description:
      setting.fallbackWords === undefined ? setting.about : `${setting.about} (default: ${setting.fallbackWords})`,
    ...(plain ? { default: fallback } : {}),
    ...(setting.list ? { anyOf: [shape, value] } : shape),
  };
}

/** What one text of the setting may be. YAML reads `off` as a word or as false, and numbers as numbers. */
function valueSchema(setting: Setting<unknown>): Schema {
  const off = setting.offable ? [{ enum: ['off', false] }] : [];
  const complaint = complaintOf(setting);
  if (complaint instanceof OutOfRange) {
    const { min, max } = complaint;
    const number = [
      { type: 'integer', minimum: min, maximum: max },
      { type: 'string', pattern: '^\\d{1,12}$' },
    ];
    return { anyOf: [...number, ...off] };
  }
  if (complaint instanceof NotOneOf) {
    const { words } = complaint;
    return { enum: words.includes('off') ? [...words, false] : words };
  }
  return off.length === 0 ? { type: ['string', 'number'] } : { anyOf: [{ type: ['string', 'integer'] }, ...off] };
}

function complaintOf(setting: Setting<unknown>): unknown {
  try {
    setting.parse([NONSENSE]);
    return undefined;
  } catch (error) {
    return error;
  }
}

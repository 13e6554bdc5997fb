import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ACTIONS } from '../event/event.js';
import type { ActionRule } from '../dialect/index.js';
import type { Mapping } from '../dialect/mapping/mapping.js';
import type { Plan } from '../intel/plan.js';
import { FEEDS_PATH, readIntelFeeds } from './intel-feeds.js';
import { MAPPINGS_PATH, readMappings } from './mappings.js';
import { oneOf } from './setting.js';
import { UserError } from './error.js';

/** What a config file says: texts by their path (`syslog.listen`), and the rules that only a file can hold. */
export interface ConfigFile {
  readonly name: string;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly actions: readonly ActionRule[];
  readonly mappings: readonly Mapping[];
  readonly feeds: readonly Plan[];
}

const ACTIONS_PATH = 'actions';
/** In JSON, where a comment cannot name it. */
const SCHEMA_PATH = '$schema';

/**
 * Reads a config file, YAML or JSON.
 * @param known every path that may stand in it, and whether it takes a list
 * @throws UserError that names the file, the place, and what may stand there
 */
export function readConfigFile(name: string, known: ReadonlyMap<string, { list: boolean }>): ConfigFile {
  const content = parseText(name, readText(name));
  const values = new Map<string, readonly string[]>();
  let actions: readonly ActionRule[] = [];
  let mappings: readonly Mapping[] = [];
  let feeds: readonly Plan[] = [];
  const visit = (value: unknown, path: string): void => {
    if (path === SCHEMA_PATH) return;
    if (path === ACTIONS_PATH) {
      actions = readActions(name, value);
      return;
    }
    if (path === MAPPINGS_PATH) {
      mappings = readMappings(name, value);
      return;
    }
    if (path === FEEDS_PATH) {
      feeds = readIntelFeeds(name, value);
      return;
    }
    const setting = known.get(path);
    if (setting !== undefined) {
      values.set(path, texts(name, path, value, setting.list));
      return;
    }
    if (!isObject(value) || (path !== '' && !isGroup(path, known))) {
      throw new UserError(`${name}: ${path === '' ? 'the whole' : path} is not a setting: ${hint(path, known)}`);
    }
    for (const [key, inner] of Object.entries(value)) visit(inner, path === '' ? key : `${path}.${key}`);
  };
  if (content !== null && content !== undefined) visit(content, '');
  return { name, values, actions, mappings, feeds };
}

function readText(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'cannot be read';
    throw new UserError(`The config file ${name} ${reason}: check --config and FIREPLOT_CONFIG.`, { cause });
  }
}

function parseText(name: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new UserError(`The config file ${name} is neither YAML nor JSON: ${reason.replace(/:$/, '')}.`, { cause });
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isGroup = (path: string, known: ReadonlyMap<string, unknown>): boolean =>
  [...known.keys()].some((each) => each.startsWith(`${path}.`));

/** The settings that may stand beside the wrong one. */
function hint(path: string, known: ReadonlyMap<string, unknown>): string {
  const group = path.includes('.') ? path.slice(0, path.lastIndexOf('.') + 1) : '';
  const beside = [...known.keys(), ACTIONS_PATH, MAPPINGS_PATH, FEEDS_PATH].filter((each) => each.startsWith(group));
  const names = new Set(beside.map((each) => each.slice(group.length).split('.')[0]));
  return `${group === '' ? 'the file' : group.slice(0, -1)} takes ${[...names].join(', ')}.`;
}

function texts(name: string, path: string, value: unknown, list: boolean): readonly string[] {
  const given = Array.isArray(value) ? (value as unknown[]) : [value];
  if (Array.isArray(value) && !list) throw new UserError(`${name}: ${path} takes one value, not a list.`);
  return given.map((each) => {
    // YAML 1.1 readers take off for false; ours does not, and JSON has no other word for it.
    if (each === false) return 'off';
    if (typeof each === 'string' || typeof each === 'number') return String(each);
    throw new UserError(
      `${name}: ${path} takes ${list ? 'a list of texts' : 'a text or a number'}, not ${JSON.stringify(each)}.`
    );
  });
}

function readActions(name: string, value: unknown): readonly ActionRule[] {
  const wrong = (at: string): UserError =>
    new UserError(`${name}: ${at} must be {match: words of a log prefix, action: ${ACTIONS.join(' | ')}}.`);
  if (!Array.isArray(value)) throw wrong('each item of actions');
  return (value as unknown[]).map((rule, i) => {
    if (!isObject(rule) || typeof rule.match !== 'string' || rule.match === '' || typeof rule.action !== 'string') {
      throw wrong(`actions[${i}]`);
    }
    try {
      return { match: rule.match, action: oneOf(rule.action, ACTIONS) };
    } catch {
      throw wrong(`actions[${i}]`);
    }
  });
}

#!/usr/bin/env node
// The plugins are written against the types of the newest Grafana and run on the oldest one they claim: there, an
// import that is newer is undefined, and an attribute that is newer does nothing. This holds every use of Grafana's
// packages in the plugins against the list of what the oldest lacks. No network; `--update` makes the list anew
// (downloads three packages) when the packages installed here change.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PACKAGES } from './grafana-12/surface.mjs';
import { usageOf } from './grafana-12/usage.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const LIST = path.join(root, 'scripts/grafana-12/lacks.json');
export const PLUGINS = ['datasource-plugin', 'panel-plugin'];

/** Uses of what `list` says the older Grafana lacks; each once a place. */
export function offences(uses, list) {
  const lacks = { names: new Set(list.names), props: new Set(list.props), members: new Set(list.members) };
  return uses.filter(({ kind, key }) => lacks[kind].has(key));
}

export function readList() {
  const list = JSON.parse(readFileSync(LIST, 'utf8'));
  for (const name of PACKAGES) {
    const installed = JSON.parse(readFileSync(path.join(root, `node_modules/@grafana/${name}/package.json`), 'utf8'));
    if (installed.version !== list.newer) {
      throw new Error(
        `The list of what Grafana ${list.older} lacks was made for @grafana/${name} ${list.newer}, and ` +
          `${installed.version} is installed: run node scripts/check-grafana-12.mjs --update.`
      );
    }
  }
  return list;
}

async function main() {
  if (process.argv.includes('--update')) {
    const { update } = await import('./grafana-12/update.mjs');
    await update(root, LIST, PLUGINS);
  }
  const list = readList();
  const uses = PLUGINS.flatMap((plugin) => usageOf(path.join(root, plugin, 'tsconfig.json')));
  const found = offences(uses, list);
  for (const { at, key } of found) process.stderr.write(`${at}: ${key} is not in Grafana ${list.older}.\n`);
  if (uses.length === 0) throw new Error('The plugins use nothing of Grafana: this check looked in the wrong place.');
  if (found.length > 0) process.exitCode = 1;
  else process.stdout.write(`${uses.length} uses of Grafana's packages, all of them in ${list.older}.\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}

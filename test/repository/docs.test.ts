import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const DOCS = [
  'README.md',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'workbench/README.md',
  'datasource-plugin/src/README.md',
  'panel-plugin/src/README.md',
];

it.each(DOCS)('%s links to nothing that is not there', (file) => {
  const text = readFileSync(path.join(root, file), 'utf8');
  const links = [...text.matchAll(/\]\(([^)#\s]+)(?:[#\s][^)]*)?\)/g)]
    .map((match) => match[1]!)
    .filter((link) => !/^[a-z]+:/.test(link));
  for (const link of links) expect(existsSync(path.resolve(root, path.dirname(file), link)), link).toBe(true);
});

it('README names the commands that package.json has', () => {
  const scripts = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).scripts as Record<string, string>;
  const named = [
    ...readFileSync(path.join(root, 'README.md'), 'utf8').matchAll(/npm (?:run )?(start|test|build|bench|lint)/g),
  ];
  expect(named.length).toBeGreaterThan(2);
  for (const match of named) expect(scripts[match[1]!]).toBeDefined();
});

it('CI calls the command of the README, and nothing else', () => {
  const lines = readFileSync(path.join(root, '.ci/run'), 'utf8')
    .split('\n')
    .filter((line) => line && !/^(#|set |cd )/.test(line));
  expect(lines).toEqual(['npm test']);
});

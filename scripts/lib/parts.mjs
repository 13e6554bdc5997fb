// What is built, from what, into what. A part is stale when its sources differ from those of its last build.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fail, note } from './say.mjs';
import { ROOT } from './tools.mjs';

const EXE = process.platform === 'win32' ? '.exe' : '';
const GO_ARCH = { x64: 'amd64', arm64: 'arm64' }[process.arch] ?? process.arch;
const GO_OS = process.platform === 'win32' ? 'windows' : process.platform;
const GO_ENV = { CGO_ENABLED: '0' };
const STATIC = ['-trimpath', '-ldflags', '-s -w'];

export const BACKEND = `datasource-plugin/dist/gpx_fireplot_firewall_datasource_${GO_OS}_${GO_ARCH}${EXE}`;
export const WORKBENCH = `workbench/bin/workbench${EXE}`;

/** In the order in which they are built; `lane` go and lane js run side by side, one part at a time each. */
export const PARTS = [
  {
    name: 'ingest',
    lane: 'js',
    sources: ['ingest/src', 'ingest/tsconfig.json', 'tsconfig.base.json', 'ingest/package.json'],
    output: 'ingest/dist',
    command: ['npm', 'run', '--silent', 'build', '-w', 'ingest'],
  },
  {
    name: 'panel',
    lane: 'js',
    sources: [
      'panel-plugin/src',
      'panel-plugin/package.json',
      'panel-plugin/tsconfig.json',
      'panel-plugin/CHANGELOG.md',
    ],
    output: 'panel-plugin/dist/module.js',
    command: ['npm', 'run', '--silent', 'build', '-w', 'panel-plugin'],
  },
  {
    name: 'data source, front',
    lane: 'js',
    sources: [
      'datasource-plugin/src',
      'datasource-plugin/package.json',
      'datasource-plugin/tsconfig.json',
      'datasource-plugin/CHANGELOG.md',
    ],
    output: 'datasource-plugin/dist/module.js',
    command: ['npm', 'run', '--silent', 'build', '-w', 'datasource-plugin'],
  },
  {
    name: 'workbench, page',
    lane: 'js',
    sources: ['workbench/page', 'workbench/build.mjs', 'workbench/package.json'],
    output: 'workbench/dist',
    command: ['npm', 'run', '--silent', 'build', '-w', 'workbench'],
  },
  {
    name: 'data source, backend',
    lane: 'go',
    sources: ['datasource-plugin/pkg', 'datasource-plugin/go.mod', 'datasource-plugin/go.sum'],
    output: BACKEND,
    command: ['go', 'build', ...STATIC, '-o', path.relative('datasource-plugin', BACKEND), './pkg'],
    cwd: 'datasource-plugin',
    env: GO_ENV,
  },
  {
    name: 'workbench, host',
    lane: 'go',
    sources: ['workbench/cmd', 'workbench/internal', 'workbench/go.mod', 'workbench/go.sum'],
    output: WORKBENCH,
    command: ['go', 'build', ...STATIC, '-o', path.relative('workbench', WORKBENCH), './cmd/workbench'],
    cwd: 'workbench',
    env: GO_ENV,
  },
];

const STAMPS = path.join(ROOT, 'node_modules', '.fireplot-builds');

function* files(entry) {
  const full = path.join(ROOT, entry);
  if (!existsSync(full)) return;
  if (statSync(full).isFile()) return yield entry;
  for (const child of readdirSync(full, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (child.isDirectory()) yield* files(path.join(entry, child.name));
    else if (!/(\.test\.tsx?|_test\.go|\.case\.ts)$/.test(child.name)) yield path.join(entry, child.name);
  }
}

/** Hash over the content of a part's sources and of the lockfile. */
export function fingerprint(part) {
  const hash = createHash('sha256').update(part.command.join(' '));
  for (const file of [...part.sources, 'package-lock.json'].flatMap((entry) => [...files(entry)])) {
    hash.update(`\0${file}\0`).update(readFileSync(path.join(ROOT, file)));
  }
  return hash.digest('hex');
}

const stampOf = (part) => path.join(STAMPS, part.name.replace(/\W+/g, '-'));

function stale(part) {
  if (!existsSync(path.join(ROOT, part.output)) || !existsSync(stampOf(part))) return true;
  return readFileSync(stampOf(part), 'utf8') !== fingerprint(part);
}

function run(part) {
  return new Promise((resolve, reject) => {
    const [command, ...args] = part.command;
    const child = spawn(command, args, {
      cwd: path.join(ROOT, part.cwd ?? '.'),
      env: { ...process.env, ...part.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(output.trim() || `exit code ${code}`))));
  });
}

async function build(part) {
  const before = fingerprint(part);
  note(`Building ${part.name} …`);
  await run(part).catch((error) =>
    fail(`Building ${part.name} failed (${part.command.join(' ')}):\n${error.message}`, 1)
  );
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stampOf(part), before);
}

/** Builds what is missing or stale. @returns {Promise<number>} how many parts were built */
export async function buildStale({ all = false, needGo = () => {} } = {}) {
  const todo = PARTS.filter((part) => all || stale(part));
  if (todo.some((part) => part.lane === 'go')) needGo();
  const lane = async (name) => {
    for (const part of todo) if (part.lane === name) await build(part);
  };
  await Promise.all([lane('js'), lane('go')]);
  return todo.length;
}

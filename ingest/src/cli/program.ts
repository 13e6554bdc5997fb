import { Command, CommanderError, Option } from 'commander';
import { resolveSettings } from '../config/resolve.js';
import type { Resolved } from '../config/resolve.js';
import type { Setting } from '../config/setting.js';
import { SETTINGS } from '../config/settings.js';
import type { SettingName } from '../config/settings.js';
import { checkCommand } from './check.js';
import { addDshieldCommands } from './dshield-program.js';
import { exitCodeOf, sentenceOf } from './exit.js';
import { feedCommands } from './feed-commands.js';
import { addIntelCommands, below } from './intel-program.js';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE, say } from './io.js';
import type { Io } from './io.js';
import { addKnownCommands } from './known-program.js';
import { version } from './version.js';

const STORE: readonly SettingName[] = ['store', 'clickhouseUrl', 'config'];
const INTEL: readonly SettingName[] = [...STORE, 'own'];
const READ: readonly SettingName[] = ['dialect', 'timezone', 'year', 'lineLimit'];

type Action = (
  args: readonly string[],
  settings: Resolved,
  options: Readonly<Record<string, unknown>>
) => Promise<number>;

/**
 * Runs a command line.
 * @param argv without node and script
 * @returns the exit code: 0, 1 when something failed on the way, 2 when the user has to mend something
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let code = EXIT_OK;
  const wrap = (action: Action) => async (args: readonly string[], options: Record<string, unknown>) => {
    code = await action(args, resolveSettings({ options, env: io.env, cwd: io.cwd }), options);
  };
  try {
    await program(io, wrap).parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_OK : EXIT_USAGE;
    say(io, `fireplot: ${sentenceOf(error)}`);
    return exitCodeOf(error) || EXIT_FAILED;
  }
}

/** Commands import what they need when they are run: --help does not load an engine. */
function program(
  io: Io,
  wrap: (action: Action) => (args: readonly string[], options: Record<string, unknown>) => Promise<void>
): Command {
  const fireplot = new Command('fireplot')
    .description("Reads any firewall's log lines into ClickHouse, to be seen as a fireplot in Grafana.")
    .version(version(), '-V, --version', 'the version')
    .helpCommand(false)
    .helpOption('-h, --help', 'this help')
    .addHelpText('after', '\nExit codes: 0 done, 1 failed on the way, 2 an option, file, port or URL must be mended.');

  fireplot
    .command('serve')
    .description('takes syslog and stores it, until it is told to end')
    .option('--check', 'only check the settings, print them and end')
    .action((options: Record<string, unknown>) =>
      wrap(async (_, settings) => {
        if (options.check === true) return checkCommand(settings, io);
        return (await import('./serve/serve.js')).serveCommand(settings, io);
      })([], options)
    );
  fireplot
    .command('load')
    .description('stores log files; what is stored already is not stored twice')
    .argument('<file...>', 'log files, packed or not; - is stdin')
    .option('--detect', 'look for scans in what was loaded (default on a terminal, unless serve runs and does it)')
    .option('--no-detect', 'leave that to the next serve, or the next load')
    .action((files: string[], options: Record<string, unknown>) =>
      wrap(async (paths, settings) => (await import('./load.js')).loadCommand(paths, settings, io, options))(
        files,
        options
      )
    );
  fireplot
    .command('parse')
    .description('prints one JSON event a line, and refused lines with their reason on stderr; stores nothing')
    .argument('[file...]', 'log files, packed or not; - or none is stdin')
    .action((files: string[], options: Record<string, unknown>) =>
      wrap(async (paths, settings) => (await import('./parse.js')).parseCommand(paths, settings, io))(files, options)
    );
  fireplot
    .command('migrate')
    .description("brings the store's schema up to date; serve and load do so by themselves")
    .action((options: Record<string, unknown>) =>
      wrap(async (_, settings) => (await import('./migrate.js')).migrateCommand(settings, io))([], options)
    );
  for (const [name, about] of [
    ['detect', 'the scans of a range, computed now: one a line'],
    ['spikes', 'ports that more sources than usual touched, computed now: one a line'],
  ] as const) {
    const command = fireplot
      .command(name)
      .description(about)
      .option('--from <time>', 'start, ISO 8601 in UTC (default: 24 hours before the end)')
      .option('--to <time>', 'end, not included (default: just behind the newest event)')
      .option('--json', 'one JSON object a line');
    if (name === 'detect') command.option('--save', 'keep them in the store, as serve does by itself');
    command.action((options: Record<string, unknown>) =>
      wrap(async (_, settings) => {
        if (name === 'detect') return (await import('./detect.js')).detectCommand(settings, options, io);
        return (await import('./spikes.js')).spikesCommand(settings, options, io);
      })([], options)
    );
  }
  fireplot
    .command('enrich')
    .description('looks up where stored sources come from; serve does so by itself for new ones')
    .option('--from <time>', 'start, ISO 8601 in UTC (default: all that is stored)')
    .option('--to <time>', 'end, not included')
    .option('--all', 'also those that are known: after a database has changed')
    .action((options: Record<string, unknown>) =>
      wrap(async (_, settings) => (await import('./enrich.js')).enrichCommand(settings, options, io))([], options)
    );
  feedCommands(fireplot, (options) =>
    wrap(async (_, settings) => (await import('./feed.js')).feedCommand(settings, options, io))([], options)
  );

  addKnownCommands(fireplot, wrap, io);
  addIntelCommands(fireplot, wrap, io);
  addDshieldCommands(fireplot, wrap, io);

  const takes: Record<string, readonly SettingName[]> = {
    serve: [
      ...STORE,
      'spool',
      'syslog',
      'listen',
      'allow',
      'tls',
      'relp',
      'httpInput',
      'follow',
      'stdin',
      'http',
      'health',
      ...READ,
      'own',
      'geoip',
      'logLevel',
      'logFormat',
    ],
    load: [...STORE, ...READ, 'sensor', 'own', 'geoip'],
    parse: [...READ, 'sensor', 'config'],
    migrate: STORE,
    detect: STORE,
    'known add': STORE,
    'known list': STORE,
    'known remove': STORE,
    spikes: [...STORE, 'geoip'],
    enrich: [...STORE, 'geoip'],
    logstalgia: STORE,
    'dshield load': STORE,
    'dshield export': INTEL,
  };
  for (const command of [fireplot, ...below(fireplot)]) {
    const intel = pathOf(command).startsWith('fireplot intel ') && command.commands.length === 0;
    const names = intel ? INTEL : (takes[pathOf(command).replace('fireplot ', '')] ?? takes[command.name()] ?? []);
    for (const name of names) command.addOption(optionOf(name));
    prepare(command, io);
  }
  return fireplot;
}

function prepare(command: Command, io: Io): void {
  command
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureHelp({ helpWidth: 100, sortOptions: false })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      outputError: (text) => say(io, `fireplot: ${usageSentence(text, command)}`),
    });
}

/** Commander's complaint as one sentence that says where help is. */
function usageSentence(text: string, command: Command): string {
  const lines = text
    .replace(/^error: /, '')
    .trim()
    .split('\n');
  const complaint = lines.map((line) => line.trim().replace(/\.$/, '')).join(' ');
  return `${complaint}: ${pathOf(command)} --help lists what there is.`;
}

/** `fireplot feed logstalgia` */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function optionOf(name: SettingName): Option {
  const setting = SETTINGS[name] as Setting<unknown>;
  const fallback = setting.fallbackWords ?? String(setting.fallback());
  const facts = [setting.variable, setting.list ? 'repeatable' : '', fallback === '' ? '' : `default: ${fallback}`];
  const option = new Option(setting.flags ?? '', `${setting.about} (${facts.filter(Boolean).join('; ')})`);
  if (!setting.list) return option;
  return option.argParser((text: string, before: string[] | undefined) => [...(before ?? []), text]);
}

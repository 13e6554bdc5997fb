import type { Command } from 'commander';
import type { Resolved } from '../config/resolve.js';
import { FORMATS } from '../intel/format/index.js';
import { KNOWN } from '../intel/known.js';
import type { IntelOptions } from './intel.js';
import { addExportCommand } from './intel-export-program.js';
import type { HitsOptions } from './intel-hits.js';
import type { Io } from './io.js';

export type Wrap = (
  action: (args: readonly string[], settings: Resolved, options: Readonly<Record<string, unknown>>) => Promise<number>
) => (args: readonly string[], options: Record<string, unknown>) => Promise<void>;

/** Which function of intel-feeds.ts or intel-allow.ts a command runs. */
type Runs = 'addFeed' | 'updateFeeds' | 'listFeeds' | 'removeFeed' | 'addAllowed' | 'listAllowed' | 'removeAllowed';

/** Adds `fireplot intel …`. */
export function addIntelCommands(fireplot: Command, wrap: Wrap, io: Io): void {
  const ran = (name: Runs) =>
    wrap(async (args, settings, options) => {
      const { intelCommand } = await import('./intel.js');
      const runs = { ...(await import('./intel-feeds.js')), ...(await import('./intel-allow.js')) };
      return intelCommand(runs[name], args, settings, options as IntelOptions, io);
    });
  const one = (name: Runs) => (argument: string, options: Record<string, unknown>) => ran(name)([argument], options);
  const none = (name: Runs) => (options: Record<string, unknown>) => ran(name)([], options);

  const intel = fireplot
    .command('intel')
    .description('threat intelligence: lists of bad sources, and who of them knocked');
  const formats = FORMATS.map(({ name, about }) => `  ${name.padEnd(18)}${about}`).join('\n');
  const sources = KNOWN.map(({ name, about }) => `  ${name.padEnd(18)}${about}`).join('\n');
  intel
    .command('add')
    .description('loads a feed; the same name again replaces it')
    .argument('<source>', 'a file, packed or not (for misp also a folder), a URL, or a name from below')
    .option('--format <name>', 'what it is written in, see below')
    .option('--name <name>', 'what to call it (default: the name of the file or source)')
    .option('--score <number>', 'how bad its entries are that do not say so themselves, 1 to 100 (default: 50)')
    .option('--map <columns>', 'for csv: indicator=COLUMN[,score=COLUMN…]')
    .option('--skip-reserved', 'leave private and reserved ranges out, instead of refusing a feed that has some')
    .option('--any-size', 'take it though it is ten times as large as before')
    .option('--key-file <file>', 'file that holds the key alone')
    .option('--key-env <name>', 'environment variable that holds it')
    .option('--key-credential <name>', 'systemd credential that holds it')
    .option('--auth <how>', 'how it is sent: bearer, basic (it is USER:PASSWORD), key, or the name of a header')
    .option('--every <interval>', 'how often serve asks for it: 30m, 6h, 1d')
    .addHelpText('after', `\nFormats:\n${formats}\n\nSources that are known by name:\n${sources}`)
    .action(one('addFeed'));
  intel
    .command('update')
    .description('loads feeds again from where they were added; what is refused leaves the last good load in force')
    .argument('[name...]', 'which (default: all)')
    .option('--any-size', 'take it though it is ten times as large as before')
    .action((names: string[], options: Record<string, unknown>) => ran('updateFeeds')(names, options));
  intel
    .command('list')
    .description('the feeds, with the number of their indicators and what was wrong last')
    .option('--json', 'one JSON object a line')
    .action(none('listFeeds'));
  intel.command('remove').description('removes a feed').argument('<name>', 'which').action(one('removeFeed'));

  const allow = intel.command('allow').description('the allow list, which wins over every feed');
  allow
    .command('add')
    .description('allows an address or network')
    .argument('<network>', 'ADDRESS or ADDRESS/BITS')
    .option('--reason <text>', 'why')
    .action(one('addAllowed'));
  allow
    .command('list')
    .description('what is allowed')
    .option('--json', 'one JSON object a line')
    .action(none('listAllowed'));
  allow.command('remove').description('takes one back').argument('<network>', 'which').action(one('removeAllowed'));

  intel
    .command('hits')
    .description('listed sources that knocked in a range, whole hours: one a line, most events first')
    .option('--from <time>', 'start, ISO 8601 in UTC (default: 24 hours before the end)')
    .option('--to <time>', 'end, not included (default: just behind the newest event)')
    .option('--json', 'one JSON object a line')
    .action((options: Record<string, unknown>) =>
      wrap(async (_, settings, given) =>
        (await import('./intel-hits.js')).hitsCommand(settings, given as HitsOptions, io)
      )([], options)
    );
  addExportCommand(intel, wrap, io);
}

/** All commands below a command, groups included. */
export function below(command: Command): Command[] {
  return command.commands.flatMap((each) => [each, ...below(each)]);
}

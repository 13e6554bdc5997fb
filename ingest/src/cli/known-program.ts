import type { Command } from 'commander';
import type { Wrap } from './intel-program.js';
import type { Io } from './io.js';
import type { KnownOptions, KnownVerb } from './known.js';

/** Adds `fireplot known …`. */
export function addKnownCommands(fireplot: Command, wrap: Wrap, io: Io): void {
  const ran = (verb: KnownVerb, network: string, options: Record<string, unknown>) =>
    wrap(async (_, settings, given) =>
      (await import('./known.js')).knownCommand(verb, settings, network, given as KnownOptions, io)
    )([], options);
  const known = fireplot.command('known').description('scans that are known and wanted: they raise no alert');
  known
    .command('add')
    .description('whose scans are known; the same network, kind and port again replaces it')
    .argument('<network>', 'address or CIDR of the sources')
    .option('--reason <text>', 'shown wherever such a scan is shown')
    .option('--kind <kind>', 'only this kind of finding, for example vertical or spike (default: all)')
    .option('--port <port>', 'only findings that have this destination port')
    .option('--until <time>', 'in force before this time, UTC (default: for ever)')
    .action((network: string, options: Record<string, unknown>) => ran('add', network, options));
  known
    .command('list')
    .description('what is known')
    .option('--json', 'one JSON object a line')
    .action((options: Record<string, unknown>) => ran('list', '', options));
  known
    .command('remove')
    .description('takes it back')
    .argument('<network>', 'as it was added')
    .option('--kind <kind>', 'as it was added')
    .option('--port <port>', 'as it was added')
    .action((network: string, options: Record<string, unknown>) => ran('remove', network, options));
}

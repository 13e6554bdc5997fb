import type { Command } from 'commander';
import { OUTS } from '../intel/export/index.js';
import { POLICIES } from '../intel/export/list.js';
import { WHAT } from '../intel/export/what.js';
import type { ExportOptions } from './intel-export.js';
import type { Wrap } from './intel-program.js';
import type { Io } from './io.js';

/** Adds `fireplot intel export`. */
export function addExportCommand(intel: Command, wrap: Wrap, io: Io): void {
  const formats = OUTS.map(({ name, about }) => `  ${name.padEnd(18)}${about}`).join('\n');
  intel
    .command('export')
    .description('who was found scanning, as a list that others read; allowed, own and spoofed addresses are left out')
    .argument('<format>', 'how it is written, see below')
    .option('--from <time>', 'findings that end here or later, ISO 8601 in UTC (default: as old as --expire)')
    .option('--to <time>', 'findings that start before (default: now)')
    .option('--what <findings>', `${Object.keys(WHAT).join(', ')} (default: all)`)
    .option('--expire <time>', 'how long after its last finding an address counts: 12h, 7d, never (default: 7d)')
    .option('--min-score <number>', 'findings of at least this score, 0 to 100 (default: 0)')
    .option('--info', 'findings that only inform, too: spikes with less than 7 days of history')
    .option('--out <file>', 'written whole, then put in place (default: stdout)')
    .option('--list <name>', "the consumer's name for it: sets, address list, source (default: fireplot)")
    .option('--policy <name>', `for rpz, what clients of the list get: ${POLICIES.join(', ')} (default: drop)`)
    .addHelpText('after', `\nFormats:\n${formats}`)
    .action((format: string, options: Record<string, unknown>) =>
      wrap(async (args, settings, given) =>
        (await import('./intel-export.js')).exportCommand(args, settings, given as ExportOptions, io)
      )([format], options)
    );
}

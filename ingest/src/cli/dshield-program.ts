import type { Command } from 'commander';
import type { Resolved } from '../config/resolve.js';
import type { Io } from './io.js';

type Wrap = (
  action: (args: readonly string[], settings: Resolved, options: Readonly<Record<string, unknown>>) => Promise<number>
) => (args: readonly string[], options: Record<string, unknown>) => Promise<void>;

/** Adds `fireplot dshield …`. */
export function addDshieldCommands(fireplot: Command, wrap: Wrap, io: Io): void {
  const dshield = fireplot.command('dshield').description("DShield's figures beside ours, and ours for DShield");
  dshield
    .command('load')
    .description('stores port history, top ports, top sources and daily summaries as DShield publishes them')
    .argument('<place...>', 'files, packed or not, or URLs: text, JSON or XML')
    .option('--port <port>', 'whose history it is, where a text does not say so')
    .option('--date <day>', 'the day of a list that does not say it, 2026-11-22')
    .action((places: string[], options: Record<string, unknown>) =>
      wrap(async (args, settings, given) => (await import('./dshield.js')).dshieldLoad(args, settings, given, io))(
        places,
        options
      )
    );
  dshield
    .command('export')
    .description("prints what was dropped or rejected in DShield's format for submissions; targets are masked")
    .option(
      '--from <time>',
      'start, ISO 8601 in UTC (default: 24 hours before the end; with --send where the last one ended)'
    )
    .option('--to <time>', 'end, not included (default: just behind the newest event)')
    .option('--output <file>', 'into a new file instead of stdout')
    .option('--dry-run', 'also say what would be sent to whom, and how targets were masked; sends nothing')
    .option('--send', 'send it by mail to dshield.to, with the sendmail of this machine')
    .action((options: Record<string, unknown>) =>
      wrap(async (_, settings, given) => (await import('./dshield-export.js')).dshieldExport(settings, given, io))(
        [],
        options
      )
    );
}

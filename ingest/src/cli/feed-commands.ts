import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { ACTIONS } from '../feed/logstalgia.js';
import type { Action } from '../feed/logstalgia.js';

/** `fireplot feed NAME`: what is stored, for other programs to show. @param run the command with its options */
export function feedCommands(fireplot: Command, run: (options: Record<string, unknown>) => Promise<void>): void {
  fireplot
    .command('feed')
    .description('prints events as another program reads them')
    .command('logstalgia')
    .description('prints epoch|source|proto:port|code|size, a line an event, for `logstalgia -`')
    .option('--follow', 'what is stored from now on, or since --from, as it comes')
    .option('--from <time>', 'start, ISO 8601 in UTC (default: 24 hours before the end)')
    .option('--to <time>', 'end, not included (default: just behind the newest event)')
    .addOption(
      new Option('--only <action>', `events of this action alone: ${ACTIONS.join(', ')} (repeatable)`).argParser(
        (text: string, before: readonly Action[] | undefined) => [...(before ?? []), actionOf(text)]
      )
    )
    .option('--url <url>', "a store's HTTP interface instead, http[s]://user@host:port; serve prints its own")
    .action((options: Record<string, unknown>) => run(options));
}

function actionOf(text: string): Action {
  const action = ACTIONS.find((each) => each === text);
  if (action === undefined) throw new InvalidArgumentError(`It is one of ${ACTIONS.join(', ')}.`);
  return action;
}

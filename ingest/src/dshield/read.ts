import { UserError } from '../config/error.js';
import { entriesOf } from './document.js';
import type { Figures, Hints } from './figures.js';
import { dayOf, interpret } from './interpret.js';

/**
 * What a document of DShield says. Pure.
 * @param place what it is called in complaints; of a URL of the API also what its path says of port and day
 * @throws UserError in one sentence when it holds nothing, or mostly what cannot be read
 */
export function readFigures(text: string, place: string, given: Hints): Figures {
  if (text.trim() === '') throw new UserError(`${place} is empty.`);
  const hints = { ...hintsOf(place), ...given };
  let figures: Figures;
  try {
    figures = interpret(entriesOf(text), hints);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new UserError(`${place} has no figures of DShield: ${cause.message}. Get it again.`, { cause });
  }
  const good = figures.ports.length + figures.sources.length + figures.days.length;
  if (good === 0 && figures.bad === 0) {
    throw new UserError(`${place} has no figures of DShield: port history, top ports, top sources or daily summaries.`);
  }
  if (figures.bad > good) {
    throw new UserError(
      `${place}: ${figures.bad} of ${figures.bad + good} entries cannot be read: ${figures.firstBad}.`
    );
  }
  return figures;
}

/** `…/porthistory/22/2026-11-01/2026-11-30`, `…/portdate/22/2026-11-22`, `…/topports/records/10/2026-11-22`, `…?port=22`. */
function hintsOf(place: string): Hints {
  const port = /\/(?:porthistory|portdate|port)\/(\d{1,5})(?=[/?]|$)|[?&]port=(\d{1,5})(?=&|$)/.exec(place);
  const listed = /(?:\/(?:topports|topips|sources|portdate)\/.*?|[?&]start=)(\d{4}-\d{2}-\d{2})/.exec(place);
  const day = dayOf(listed?.[1]);
  return {
    ...(port === null ? {} : { port: Number(port[1] ?? port[2]) }),
    ...(day === undefined ? {} : { day }),
  };
}

import { UserError } from '../config/error.js';
import { InputError } from '../input/source.js';
import { StoreError } from '../store/error.js';
import { EXIT_FAILED, EXIT_USAGE } from './io.js';

/** The exit code that an error calls for. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UserError || error instanceof InputError) return EXIT_USAGE;
  // All but a refused statement: a wrong URL, user, folder, port or version.
  return error instanceof StoreError && error.kind !== 'query' ? EXIT_USAGE : EXIT_FAILED;
}

/** The one sentence for the user; a fault of the program's own says where it was. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof UserError || error instanceof InputError || error instanceof StoreError) return error.message;
  return `An error of fireplot itself: ${error.stack ?? error.message}`;
}

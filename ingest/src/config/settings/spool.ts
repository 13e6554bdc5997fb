import { one, wholeNumber } from '../setting.js';

/** What lies between the inputs and the store. */
export const SPOOL_SETTINGS = {
  spool: one(
    {
      flags: '--spool <folder>',
      variable: 'FIREPLOT_SPOOL',
      path: 'spool.folder',
      folder: true,
      about: 'folder of lines that wait for the store; one process a folder',
      fallbackWords: "spool in the store's folder",
    },
    () => '',
    (text) => text
  ),
  spoolMegabytes: one(
    {
      variable: 'FIREPLOT_SPOOL_MB',
      path: 'spool.megabytes',
      about: 'what the spool may take on disk; over it UDP lines are dropped, everything else waits',
    },
    () => 1_024,
    (text) => wholeNumber(text, 16, 16_777_216, 'megabytes')
  ),
  flushMs: one(
    {
      variable: 'FIREPLOT_FLUSH_MS',
      path: 'spool.flush_ms',
      about: 'a line waits no longer than this for others before it is stored',
    },
    () => 500,
    (text) => wholeNumber(text, 10, 60_000, 'milliseconds')
  ),
  rateLimit: one(
    {
      variable: 'FIREPLOT_RATE_LIMIT',
      path: 'syslog.rate_limit',
      about: 'lines a second of one sender; over it UDP lines are dropped, other senders wait; 0 for no limit',
    },
    () => 0,
    (text) => wholeNumber(text, 0, 10_000_000, 'lines')
  ),
};

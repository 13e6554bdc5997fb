import { many, one, oneOf, wholeNumber } from '../setting.js';

/** Files that are followed, and stdin. */
export const FILE_SETTINGS = {
  follow: many(
    {
      flags: '--follow <glob>',
      variable: 'FIREPLOT_FOLLOW',
      path: 'files.follow',
      folder: true,
      about: 'log files to follow, through rotation',
    },
    (text) => {
      if (text.trim() === '')
        throw new Error('"" names no file: give a path or a glob, for example /var/log/ulog/*.log.');
    }
  ),
  followFrom: one(
    {
      variable: 'FIREPLOT_FOLLOW_FROM',
      path: 'files.from',
      about: 'start or end: where files are begun that are there when they are followed for the first time',
    },
    () => 'start' as const,
    (text) => oneOf(text, ['start', 'end'] as const)
  ),
  followPollSeconds: one(
    {
      variable: 'FIREPLOT_FOLLOW_POLL_SECONDS',
      path: 'files.poll_seconds',
      about: 'files are looked at so often at least, since network filesystems do not tell of changes',
    },
    () => 5,
    (text) => wholeNumber(text, 1, 3_600, 'seconds')
  ),
  followGraceSeconds: one(
    {
      variable: 'FIREPLOT_FOLLOW_GRACE_SECONDS',
      path: 'files.grace_seconds',
      about: 'a file that was rotated away is read until it has been quiet for so long',
    },
    () => 60,
    (text) => wholeNumber(text, 1, 86_400, 'seconds')
  ),
  stdin: one(
    { flags: '--stdin', about: 'takes lines from stdin too', fallbackWords: 'off' },
    () => false as boolean,
    (text) => text === 'true'
  ),
};

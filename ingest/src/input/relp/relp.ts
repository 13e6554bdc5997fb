import type { Input, OpenInput } from '../intake.js';
import type { TlsFiles } from '../tls/certificates.js';
import { Once } from '../tls/once.js';
import { Streams } from '../tls/streams.js';
import type { StreamOptions } from '../tls/streams.js';
import { Session } from './session.js';
import type { RelpCounts, SessionParts } from './session.js';
import { Sessions } from './sessions.js';
import { Tails } from './tails.js';

export interface RelpOptions extends StreamOptions {
  /** Undefined: not encrypted. */
  readonly files: TlsFiles | undefined;
}

/**
 * Syslog over RELP, as rsyslog's omrelp speaks it: a message is answered when it is on disk, and one that comes again
 * since its answer did not arrive is stored once.
 */
export const openRelp: OpenInput<RelpOptions> = async (options, intake): Promise<Input> => {
  const counts: RelpCounts = { repeated: 0, protocol_errors: 0 };
  const once = new Once();
  const parts: SessionParts = {
    intake,
    tails: new Tails(intake),
    sessions: new Sessions(intake),
    lineLimit: options.lineLimit,
    counts,
    complain: (sender, sentence) => {
      if (once.first(sender)) intake.say('warn', sentence);
    },
  };
  const streams = await Streams.open(
    options,
    {
      input: 'relp',
      what: 'syslog over RELP',
      option: '--relp',
      files: options.files,
      open: (connection) => new Session(connection, parts),
    },
    intake
  );
  return {
    name: 'relp',
    place: streams.place,
    pause: () => streams.pause(),
    resume: () => streams.resume(),
    close: () => streams.close(),
    counts: () => ({ ...streams.counts(), ...counts }),
  };
};

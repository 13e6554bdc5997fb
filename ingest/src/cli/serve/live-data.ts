import path from 'node:path';
import type { Resolved } from '../../config/resolve.js';
import { kafkaInput } from '../../config/settings/kafka-input.js';
import { networkInputs } from '../../config/settings/network-inputs.js';
import type { InputPlan } from '../../read/thread/inputs.js';
import type { LiveThreadData } from '../../read/thread/messages.js';
import { readOptions } from '../files.js';
import { version } from '../version.js';

/**
 * What the thread that takes lines in needs of the settings.
 * @throws UserError with one sentence
 */
export function liveData(settings: Resolved): LiveThreadData {
  const { allow, flushMs, rateLimit, spoolMegabytes } = settings;
  return {
    program: version(),
    spool: spoolFolder(settings),
    live: { ...readOptions(settings), allow, flushMs, rateLimit, spoolBytes: spoolMegabytes * 1024 * 1024 },
    inputs: inputPlan(settings),
  };
}

export const spoolFolder = ({ spool, store }: Resolved): string => (spool === '' ? path.join(store, 'spool') : spool);

/** @throws UserError with one sentence when an input needs what the settings do not give */
function inputPlan(settings: Resolved): InputPlan {
  const { syslog, listen, lineLimit, maxConnections, maxPerSender, idleSeconds } = settings;
  return {
    syslog: syslog && {
      listen: { host: syslog.host ?? listen, port: syslog.port },
      ...{ lineLimit, maxConnections, maxPerSender, idleMs: idleSeconds * 1_000 },
    },
    ...networkInputs(settings),
    follow: followOptions(settings),
    kafka: kafkaInput(settings),
    stdin: settings.stdin ? { lineLimit } : undefined,
  };
}

function followOptions(settings: Resolved): InputPlan['follow'] {
  const { follow: patterns, followFrom: from, followGraceSeconds, followPollSeconds, lineLimit } = settings;
  if (patterns.length === 0) return undefined;
  return { patterns, from, graceMs: followGraceSeconds * 1_000, pollMs: followPollSeconds * 1_000, lineLimit };
}

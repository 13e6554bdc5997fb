import path from 'node:path';
import type { Resolved } from '../../config/resolve.js';
import type { InputPlan } from '../../read/thread/inputs.js';
import type { LiveThreadData } from '../../read/thread/messages.js';
import { readOptions } from '../files.js';
import { version } from '../version.js';

/** What the thread that takes lines in needs of the settings. */
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

function inputPlan(settings: Resolved): InputPlan {
  const { syslog, listen, tls, relp, relpTls, lineLimit, maxConnections, maxPerSender, idleSeconds } = settings;
  const stream = { lineLimit, maxConnections, maxPerSender, idleMs: idleSeconds * 1_000 };
  const files = {
    cert: settings.tlsCert,
    key: settings.tlsKey,
    clientCa: settings.tlsClientCa,
    clientNames: settings.tlsClientNames,
  };
  const { follow: patterns, followFrom: from, followGraceSeconds, followPollSeconds } = settings;
  const times = { graceMs: followGraceSeconds * 1_000, pollMs: followPollSeconds * 1_000 };
  return {
    ...(patterns.length === 0 ? {} : { follow: { patterns, from, ...times, lineLimit } }),
    ...(syslog === undefined
      ? {}
      : { syslog: { ...stream, listen: { host: syslog.host ?? listen, port: syslog.port } } }),
    ...(tls === undefined ? {} : { tls: { ...stream, listen: tls, files } }),
    ...(relp === undefined ? {} : { relp: { ...stream, listen: relp, files: relpTls === 'on' ? files : undefined } }),
  };
}

import type { Resolved } from '../../config/resolve.js';
import type { LiveThreadData } from '../../read/thread/messages.js';
import { readOptions } from '../files.js';

/** What the thread that listens needs of the settings; undefined when syslog is off. */
export function liveData(settings: Resolved): LiveThreadData | undefined {
  const { syslog, listen, allow, flushMs, queueMegabytes, maxConnections, idleSeconds } = settings;
  if (syslog === undefined) return undefined;
  return {
    endpoint: { host: syslog.host ?? listen, port: syslog.port },
    live: { ...readOptions(settings), allow, flushMs, queueBytes: queueMegabytes * 1024 * 1024 },
    maxConnections,
    idleMs: idleSeconds * 1000,
  };
}

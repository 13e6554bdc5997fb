/**
 * Under which keys shippers keep a log line that they carry, and what they know of it. Dots lead into objects. The first
 * that is there counts: raw lines before messages whose head was taken off.
 *
 * journald: MESSAGE, __REALTIME_TIMESTAMP, _HOSTNAME, SYSLOG_IDENTIFIER · Vector: message, host, appname, procid ·
 * Fluent Bit: log or message, date or time, ident, pid · Filebeat, Logstash: message, @timestamp, event.original,
 * host.name, process.program · Docker: log, time · rsyslog: rawmsg, message, programname, timereported, fromhost ·
 * syslog-ng: MESSAGE, ISODATE, HOST, PROGRAM · GELF: full_message, short_message · Splunk: event · Google: textPayload
 */
export const KEYS = {
  text: [
    ...['rawmsg', 'event.original', 'full_message', 'MESSAGE', 'message', 'Message', 'log', 'msg', 'line'],
    ...['event', 'textPayload', 'short_message'],
  ],
  time: [
    ...['_SOURCE_REALTIME_TIMESTAMP', '__REALTIME_TIMESTAMP', '@timestamp', 'timestamp', 'timereported', 'ISODATE'],
    ...['time', 'date', 'EventTime', 'timegenerated'],
  ],
  host: [
    ...['_HOSTNAME', 'hostname', 'HOST', 'fromhost', 'Hostname', 'host', 'host.hostname', 'host.name'],
    ...['log.source.address'],
  ],
  program: [
    ...['SYSLOG_IDENTIFIER', 'appname', 'app_name', 'ident', 'program', 'PROGRAM', 'programname', 'process.program'],
    ...['process.name'],
  ],
  pid: ['_PID', 'SYSLOG_PID', 'procid', 'proc_id', 'pid', 'PID', 'process.pid'],
} as const;

/** What is kept of an envelope. */
export type Part = keyof typeof KEYS;

const PATHS = Object.fromEntries(
  Object.entries(KEYS).map(([part, keys]) => [part, keys.map((key) => (key === '@timestamp' ? [key] : key.split('.')))])
) as unknown as Readonly<Record<Part, readonly (readonly string[])[]>>;

/** The first value of a part that is a text, a number, or (journald's bytes) a list. */
export function valueOf(entry: object, part: Part): string | number | readonly unknown[] | undefined {
  for (const path of PATHS[part]) {
    let value: unknown = entry;
    for (const key of path) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return value;
    if (Array.isArray(value) && value.length > 0) return value as readonly unknown[];
  }
  return undefined;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

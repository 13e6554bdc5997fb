import { FieldType, type DataFrame, type Field } from '@grafana/data';

/** Field names that the viewer chose, '' or missing where the panel shall find them itself. */
export interface FieldNames {
  readonly time?: string;
  readonly port?: string;
  readonly protocol?: string;
  readonly source?: string;
  readonly count?: string;
}

export type Role = keyof FieldNames;

/** What firewalls, log stores and flow tools call these fields; spelling as `plain` leaves it, best first. */
const NAMES: Readonly<Record<Role, readonly string[]>> = {
  time: ['time', 'timestamp', 'ts', 'datetime'],
  port: [
    'dstport', 'destinationport', 'destport', 'dport', 'dpt', 'targetport', 'tcpdstport', 'udpdstport', 'l4dstport',
    'dstportnumber', 'idrespp', 'serverport', 'localport', 'port',
  ],
  protocol: ['class', 'proto', 'protocol', 'transport', 'networktransport', 'ianaprotocol', 'networkiananumber', 'ipprotocol', 'l4proto', 'service.protocol'],
  source: [
    'srcip', 'sourceip', 'source', 'src', 'saddr', 'srcaddr', 'sourceaddress', 'srcaddress', 'idorigh', 'clientip', 'remoteip',
    'remoteaddress', 'attacker',
  ],
  count: ['count', 'events', 'hits', 'repeats'],
}; // prettier-ignore

/** `Destination.Port`, `dst_port` and `dst-port` read alike. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The field that plays a role: the chosen one, else the first of the known names; undefined when there is none. */
export function findField(frame: DataFrame, role: Role, names: FieldNames = {}): Field | undefined {
  const chosen = names[role];
  if (chosen) {
    return frame.fields.find((field) => field.name === chosen || field.config?.displayName === chosen);
  }
  const fields = role === 'time' ? frame.fields.filter((field) => field.type === FieldType.time) : frame.fields;
  for (const name of NAMES[role]) {
    const found = fields.find((field) => plain(field.name) === name);
    if (found && (role !== 'count' || found.type === FieldType.number)) {
      return found;
    }
  }
  return role === 'time' ? fields[0] : undefined;
}

/** A port in the labels of a series, as metric queries of Loki or Prometheus name it: the field and its label. */
export function findLabelled(frame: DataFrame, role: 'port' | 'protocol' | 'source', names: FieldNames = {}) {
  const field = frame.fields.find((one) => one.type === FieldType.number && one.labels !== undefined);
  const labels = Object.entries(field?.labels ?? {});
  const chosen = names[role];
  if (chosen) {
    return labels.find(([key]) => key === chosen)?.[1];
  }
  for (const name of NAMES[role]) {
    const found = labels.find(([key]) => plain(key) === name);
    if (found) {
      return found[1];
    }
  }
  return undefined;
}

import { Fields } from '../fields/fields.js';
import { jsonNode } from '../fields/json.js';
import { Keys } from '../keys.js';

export enum Field {
  Time,
  Uid,
  Source,
  SourcePort,
  Target,
  TargetPort,
  Proto,
  IpProto,
  Service,
  Duration,
  BytesOut,
  BytesIn,
  State,
  History,
  PacketsOut,
  IpBytesOut,
  PacketsIn,
  IpBytesIn,
  Tunnels,
  Mac,
  Vlan,
  System,
  Path,
  // notice.log
  Note,
  Message,
  Sub,
  NoticeSource,
  NoticeTarget,
  NoticePort,
  Count,
}

export const fields = new Fields<Field>(Field.Count + 1);

const COLUMNS = {
  ts: Field.Time,
  uid: Field.Uid,
  'id.orig_h': Field.Source,
  'id.orig_p': Field.SourcePort,
  'id.resp_h': Field.Target,
  'id.resp_p': Field.TargetPort,
  id_orig_h: Field.Source,
  id_orig_p: Field.SourcePort,
  id_resp_h: Field.Target,
  id_resp_p: Field.TargetPort,
  proto: Field.Proto,
  ip_proto: Field.IpProto,
  service: Field.Service,
  duration: Field.Duration,
  orig_bytes: Field.BytesOut,
  resp_bytes: Field.BytesIn,
  conn_state: Field.State,
  history: Field.History,
  orig_pkts: Field.PacketsOut,
  orig_ip_bytes: Field.IpBytesOut,
  resp_pkts: Field.PacketsIn,
  resp_ip_bytes: Field.IpBytesIn,
  tunnel_parents: Field.Tunnels,
  orig_l2_addr: Field.Mac,
  vlan: Field.Vlan,
  _system_name: Field.System,
  _path: Field.Path,
  note: Field.Note,
  msg: Field.Message,
  sub: Field.Sub,
  src: Field.NoticeSource,
  dst: Field.NoticeTarget,
  p: Field.NoticePort,
  n: Field.Count,
} as const;

/** Columns of a `#fields` line. */
export const KEYS = new Keys<Field>(COLUMNS);

/** The same in JSON; some shippers make `id` an object. */
export const NODE = jsonNode<Field>({
  ...COLUMNS,
  id: { orig_h: Field.Source, orig_p: Field.SourcePort, resp_h: Field.Target, resp_p: Field.TargetPort },
});

/** conn.log as it comes without being told: `local_resp` came with Bro 2.4, the last column with Zeek 7. */
export const OLD_CONN: readonly (Field | -1)[] = (
  'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state local_orig ' +
  'missed_bytes history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents'
)
  .split(' ')
  .map((key) => KEYS.find(key, 0, key.length));
export const STATE_COLUMN = 11;
export const NEW_CONN: readonly (Field | -1)[] = [...OLD_CONN.slice(0, 13), -1, ...OLD_CONN.slice(13), Field.IpProto];

/** What a value of the column is, for the editor's hints and choice of operators. */
export type ColumnKind = 'address' | 'port' | 'number' | 'word' | 'text' | 'time';

/**
 * The columns of `fireplot.events` that a filter may name. The backend's `columns` route says more about them; this
 * copy is for what cannot wait, such as a click on a label. A test compares it with migration 001.
 */
export const COLUMNS = {
  time: 'time',
  received: 'time',
  seq: 'number',
  batch: 'number',
  sensor: 'word',
  dialect: 'word',
  action: 'word',
  class: 'word',
  direction: 'word',
  iface_in: 'word',
  iface_out: 'word',
  proto: 'word',
  src_ip: 'address',
  dst_ip: 'address',
  src_port: 'port',
  dst_port: 'port',
  tcp_flags: 'word',
  icmp_type: 'number',
  icmp_code: 'number',
  ttl: 'number',
  ip_id: 'number',
  tcp_window: 'number',
  tcp_seq: 'number',
  length: 'number',
  count: 'number',
  packets: 'number',
  bytes: 'number',
  duration_ms: 'number',
  nat_src_ip: 'address',
  nat_dst_ip: 'address',
  nat_src_port: 'port',
  nat_dst_port: 'port',
  rule: 'word',
  signature: 'text',
  severity: 'number',
  qname: 'text',
  intel: 'number',
  src_asn: 'number',
  src_country: 'word',
  message: 'text',
} as const satisfies Record<string, ColumnKind>;

/** Whether a filter may have this key: a column, or `attrs.NAME` for what no column holds. */
export function isColumn(name: string): boolean {
  return Object.hasOwn(COLUMNS, name) || /^attrs\../.test(name);
}

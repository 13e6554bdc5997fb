/**
 * The columns of `fireplot.events` that a filter may name. The backend's `columns` route says more about them; this
 * copy is for what cannot wait, such as a click on a label. A test compares it with migration 001.
 */
export const COLUMNS: readonly string[] = [
  'time',
  'received',
  'seq',
  'batch',
  'sensor',
  'dialect',
  'action',
  'class',
  'direction',
  'iface_in',
  'iface_out',
  'proto',
  'src_ip',
  'dst_ip',
  'src_port',
  'dst_port',
  'tcp_flags',
  'icmp_type',
  'icmp_code',
  'ttl',
  'ip_id',
  'tcp_window',
  'tcp_seq',
  'length',
  'count',
  'packets',
  'bytes',
  'duration_ms',
  'nat_src_ip',
  'nat_dst_ip',
  'nat_src_port',
  'nat_dst_port',
  'rule',
  'signature',
  'severity',
  'qname',
  'intel',
  'src_asn',
  'src_country',
  'message',
];

/** What the lists of threat intelligence say of an event's source: filters and top lists name them like columns. */
export const INTEL_COLUMNS: readonly string[] = ['intel', 'score', 'feed', 'tag'];

const NAMES = new Set([...COLUMNS, ...INTEL_COLUMNS]);

/** Whether a filter may have this key: a column, or `attrs.NAME` for what no column holds. */
export function isColumn(name: string): boolean {
  return NAMES.has(name) || /^attrs\../.test(name);
}

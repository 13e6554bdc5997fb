/** The columns of `fireplot.events`, declared once: name, ClickHouse type, ECS name, meaning. */
export interface Column {
  readonly name: string;
  readonly type: string;
  /** Elastic Common Schema field, '' where ECS has none. */
  readonly ecs: string;
  readonly about: string;
}

const column = (name: string, type: string, ecs: string, about: string): Column => ({ name, type, ecs, about });

/** In the order in which rows are written. Migration 001 declares the same; a test compares them. */
export const COLUMNS: readonly Column[] = [
  column('time', "DateTime64(3, 'UTC')", '@timestamp', 'when the device saw the packet'),
  column('received', "DateTime64(3, 'UTC')", 'event.ingested', 'when the line arrived here'),
  column('seq', 'UInt32', 'event.sequence', 'position in the input: breaks ties of equal times'),
  column('batch', 'UInt64', '', 'hash of the batch token; with seq a stable id of the row'),
  column('sensor', 'LowCardinality(String)', 'observer.name', 'device or host that logged'),
  column('dialect', 'LowCardinality(String)', 'event.module', 'how the line was written'),
  column(
    'action',
    "Enum8('unknown' = 0, 'allow' = 1, 'drop' = 2, 'reject' = 3, 'alert' = 4)",
    'event.action',
    'what the device did'
  ),
  column('class', 'UInt8', '', 'bits 0-1 protocol, 2 IPv6, 3 tail; see class.ts'),
  column(
    'direction',
    "Enum8('unknown' = 0, 'in' = 1, 'out' = 2, 'forward' = 3)",
    'network.direction',
    'seen from the device'
  ),
  column('iface_in', 'LowCardinality(String)', 'observer.ingress.interface.name', 'interface it came in on'),
  column('iface_out', 'LowCardinality(String)', 'observer.egress.interface.name', 'interface it would leave by'),
  column('proto', 'UInt8', 'network.iana_number', 'IANA protocol number'),
  column('src_ip', 'IPv6', 'source.ip', 'IPv4 mapped; :: when not logged'),
  column('dst_ip', 'IPv6', 'destination.ip', 'IPv4 mapped; :: when not logged'),
  column('src_port', 'UInt16', 'source.port', '0 for protocols without ports'),
  column('dst_port', 'UInt16', 'destination.port', '0 for protocols without ports'),
  column('tcp_flags', 'Nullable(UInt8)', '', 'FIN=1 SYN=2 RST=4 PSH=8 ACK=16 URG=32 ECE=64 CWR=128'),
  column('icmp_type', 'Nullable(UInt8)', '', 'ICMP or ICMPv6 type'),
  column('icmp_code', 'Nullable(UInt8)', '', 'ICMP or ICMPv6 code'),
  column('ttl', 'Nullable(UInt8)', '', 'TTL or hop limit as received'),
  column('ip_id', 'Nullable(UInt16)', '', 'IPv4 identification'),
  column('tcp_window', 'Nullable(UInt16)', '', 'TCP window, unscaled'),
  column('tcp_seq', 'Nullable(UInt32)', '', 'TCP sequence number'),
  column('length', 'Nullable(UInt32)', 'network.bytes', 'length of the packet as the device prints it'),
  column('count', 'UInt32', '', 'events the line stands for; every count is sum(count)'),
  column('packets', 'UInt64', 'network.packets', 'packets of a flow record'),
  column('bytes', 'UInt64', 'network.bytes', 'bytes of a flow record'),
  column('duration_ms', 'UInt32', 'event.duration', 'duration of a flow record'),
  column('nat_src_ip', 'IPv6', 'source.nat.ip', 'translated source; :: when none'),
  column('nat_dst_ip', 'IPv6', 'destination.nat.ip', 'translated target; :: when none'),
  column('nat_src_port', 'UInt16', 'source.nat.port', 'translated source port'),
  column('nat_dst_port', 'UInt16', 'destination.nat.port', 'translated target port'),
  column('rule', 'LowCardinality(String)', 'rule.name', 'rule, chain or log prefix'),
  column('signature', 'String', 'rule.description', 'what an IDS calls it'),
  column('severity', 'UInt8', 'event.severity', 'severity as the device counts it'),
  column('qname', 'String', 'dns.question.name', 'name asked for (RPZ)'),
  column(
    'intel',
    'UInt8',
    '',
    'score of the indicator that the source, or the name asked for, was listed under as it came in; 0 for none'
  ),
  column('src_asn', 'UInt32', 'source.as.number', 'autonomous system of the source'),
  column('src_country', 'LowCardinality(String)', 'source.geo.country_iso_code', 'country of the source'),
  column('attrs', 'Map(LowCardinality(String), String)', '', 'what no column holds: mac, mark, state …'),
  column('message', 'String', 'event.original', 'the line as received, without its line end'),
];

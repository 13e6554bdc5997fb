import { Fields } from '../fields/fields.js';
import { jsonNode, type Shape } from '../fields/json.js';

export enum Field {
  Class,
  Time,
  Start,
  Duration,
  Severity,
  ActionId,
  Action,
  DispositionId,
  Disposition,
  ActivityId,
  Count,
  // the two ends
  Source,
  SourcePort,
  SourceMac,
  SourceZone,
  SourceIface,
  SourceInstance,
  Target,
  TargetPort,
  TargetName,
  TargetZone,
  TargetIface,
  TargetInstance,
  // connection_info
  ProtoNumber,
  Proto,
  DirectionId,
  Flags,
  Community,
  // traffic
  Bytes,
  BytesOut,
  BytesIn,
  Packets,
  PacketsOut,
  PacketsIn,
  // who logged, and by which rule
  Device,
  DeviceIp,
  LogHost,
  Vendor,
  Product,
  Rule,
  RuleId,
  Policy,
  Title,
  App,
  Query,
}

export const fields = new Fields<Field>(Field.Query + 1);

const CONNECTION: Shape<Field> = {
  protocol_num: Field.ProtoNumber,
  protocol_name: Field.Proto,
  direction_id: Field.DirectionId,
  tcp_flags: Field.Flags,
  community_uid: Field.Community,
};

const SOURCE: Shape<Field> = {
  ip: Field.Source,
  port: Field.SourcePort,
  mac: Field.SourceMac,
  zone: Field.SourceZone,
  interface_name: Field.SourceIface,
  interface_uid: Field.SourceInstance,
};

const TARGET: Shape<Field> = {
  ip: Field.Target,
  port: Field.TargetPort,
  hostname: Field.TargetName,
  zone: Field.TargetZone,
  interface_name: Field.TargetIface,
  interface_uid: Field.TargetInstance,
};

/** https://schema.ocsf.io: network activity, and findings with the packets that are their evidence. */
export const NODE = jsonNode<Field>({
  class_uid: Field.Class,
  time: Field.Time,
  start_time: Field.Start,
  duration: Field.Duration,
  severity_id: Field.Severity,
  action_id: Field.ActionId,
  action: Field.Action,
  disposition_id: Field.DispositionId,
  disposition: Field.Disposition,
  activity_id: Field.ActivityId,
  count: Field.Count,
  src_endpoint: SOURCE,
  dst_endpoint: TARGET,
  connection_info: CONNECTION,
  traffic: {
    bytes: Field.Bytes,
    bytes_out: Field.BytesOut,
    bytes_in: Field.BytesIn,
    packets: Field.Packets,
    packets_out: Field.PacketsOut,
    packets_in: Field.PacketsIn,
  },
  device: { hostname: Field.Device, name: Field.Device, ip: Field.DeviceIp },
  metadata: { product: { vendor_name: Field.Vendor, name: Field.Product }, logged_host: Field.LogHost },
  firewall_rule: { name: Field.Rule, uid: Field.RuleId },
  policy: { name: Field.Policy },
  finding_info: { title: Field.Title },
  finding: { title: Field.Title },
  app_name: Field.App,
  query: { hostname: Field.Query },
  evidences: [
    { src_endpoint: SOURCE, dst_endpoint: TARGET, connection_info: CONNECTION, query: { hostname: Field.Query } },
  ],
});

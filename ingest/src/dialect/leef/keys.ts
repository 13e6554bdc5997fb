import { Fields } from '../fields/fields.js';
import { Keys } from '../keys.js';
import { lineEnd } from '../scan.js';
import { found, keyEnd } from './find.js';

export enum Field {
  Source,
  Target,
  SourcePort,
  TargetPort,
  Proto,
  Action,
  Policy,
  IfaceIn,
  IfaceOut,
  Time,
  Format,
  Severity,
  Host,
  NatSource,
  NatSourcePort,
  NatTarget,
  NatTargetPort,
  BytesOut,
  BytesIn,
  PacketsOut,
  PacketsIn,
  Duration,
  Mac,
  User,
  App,
  Length,
  Ttl,
  Flags,
  Sequence,
  Window,
  Category,
  Count,
  Threat,
}

/** Standard attributes, then WatchGuard's and Palo Alto's. */
export const KEYS = new Keys<Field>({
  src: Field.Source,
  dst: Field.Target,
  srcPort: Field.SourcePort,
  dstPort: Field.TargetPort,
  proto: Field.Proto,
  action: Field.Action,
  policy: Field.Policy,
  devTime: Field.Time,
  devTimeFormat: Field.Format,
  sev: Field.Severity,
  devName: Field.Host,
  srcPostNAT: Field.NatSource,
  srcPostNATPort: Field.NatSourcePort,
  srcPostNATPORT: Field.NatSourcePort,
  dstPostNAT: Field.NatTarget,
  dstPostNATPort: Field.NatTargetPort,
  dstPostNATPORT: Field.NatTargetPort,
  srcBytes: Field.BytesOut,
  dstBytes: Field.BytesIn,
  srcPackets: Field.PacketsOut,
  dstPackets: Field.PacketsIn,
  srcMAC: Field.Mac,
  usrName: Field.User,
  cat: Field.Category,
  disp: Field.Action,
  in_if: Field.IfaceIn,
  out_if: Field.IfaceOut,
  sys_name: Field.Host,
  sent_bytes: Field.BytesOut,
  rcvd_bytes: Field.BytesIn,
  duration: Field.Duration,
  src_user: Field.User,
  app: Field.App,
  app_name: Field.App,
  ip_len: Field.Length,
  ip_TTL: Field.Ttl,
  tcp_flag: Field.Flags,
  tcp_seq: Field.Sequence,
  tcp_window: Field.Window,
  signature_name: Field.Threat,
  IngressInterface: Field.IfaceIn,
  EgressInterface: Field.IfaceOut,
  RuleName: Field.Policy,
  Application: Field.App,
  DeviceName: Field.Host,
  RepeatCount: Field.Count,
  ElapsedTime: Field.Duration,
});

export const fields = new Fields<Field>(Field.Threat + 1);

/** Locates the known attributes. Values are never quoted; all but the separator may stand in them. */
export function readAttributes(line: string): void {
  fields.clear();
  const separator = String.fromCharCode(found.separator);
  const end = lineEnd(line);
  let i = found.starts[4]!;
  while (i < end) {
    const next = line.indexOf(separator, i);
    const stop = next < 0 || next > end ? end : next;
    const equals = keyEnd(line, i, stop);
    if (equals >= 0) {
      const field = KEYS.find(line, i, equals);
      if (field !== -1) fields.put(field, equals + 1, stop, stop < end);
    }
    i = stop + 1;
  }
}

import { splitColumns } from '../fields/columns.js';
import { Fields } from '../fields/fields.js';
import { Keys } from '../keys.js';

export enum Field {
  Start,
  Duration,
  Source,
  Target,
  SourcePort,
  TargetPort,
  Proto,
  IcmpType,
  IcmpCode,
  Flags,
  Forwarding,
  PacketsIn,
  PacketsOut,
  BytesIn,
  BytesOut,
  Flows,
  IfaceIn,
  IfaceOut,
  IfaceInName,
  IfaceOutName,
  Direction,
  Router,
  Mac,
  Vlan,
  // Cisco's NSEL and carrier-grade NAT
  FirewallEvent,
  NatSource,
  NatSourcePort,
  NatTarget,
  NatTargetPort,
  Acl,
  User,
  // pflog
  PfIface,
  PfAction,
  PfReason,
  PfDirection,
  PfRule,
  Label,
  Server,
}

export const fields = new Fields<Field>(Field.Server + 1);

/** Titles of 1.6 and of the first 1.7, then those of 1.7.4 and later. */
const TITLES = new Keys<Field>({
  ts: Field.Start,
  td: Field.Duration,
  sa: Field.Source,
  da: Field.Target,
  sp: Field.SourcePort,
  dp: Field.TargetPort,
  pr: Field.Proto,
  flg: Field.Flags,
  fwd: Field.Forwarding,
  ipkt: Field.PacketsIn,
  opkt: Field.PacketsOut,
  ibyt: Field.BytesIn,
  obyt: Field.BytesOut,
  in: Field.IfaceIn,
  out: Field.IfaceOut,
  ra: Field.Router,
  ismc: Field.Mac,
  svln: Field.Vlan,
  firstSeen: Field.Start,
  duration: Field.Duration,
  srcAddr: Field.Source,
  dstAddr: Field.Target,
  srcPort: Field.SourcePort,
  dstPort: Field.TargetPort,
  proto: Field.Proto,
  // As the program spells it.
  icmpTYpe: Field.IcmpType,
  icmpType: Field.IcmpType,
  icmpCode: Field.IcmpCode,
  flags: Field.Flags,
  fwdStatus: Field.Forwarding,
  packets: Field.PacketsIn,
  inPackets: Field.PacketsIn,
  outPackets: Field.PacketsOut,
  bytes: Field.BytesIn,
  inBytes: Field.BytesIn,
  outBytes: Field.BytesOut,
  flows: Field.Flows,
  input: Field.IfaceIn,
  output: Field.IfaceOut,
  inIfName: Field.IfaceInName,
  outIfName: Field.IfaceOutName,
  direction: Field.Direction,
  routerIP: Field.Router,
  inSrcMac: Field.Mac,
  srcVlan: Field.Vlan,
  event: Field.FirewallEvent,
  srcXIP: Field.NatSource,
  srcXPort: Field.NatSourcePort,
  dstXIP: Field.NatTarget,
  dstXPort: Field.NatTargetPort,
  ingressACL: Field.Acl,
  nselUser: Field.User,
  pfInterface: Field.PfIface,
  pfAction: Field.PfAction,
  pfReason: Field.PfReason,
  pfDirection: Field.PfDirection,
  pfRule: Field.PfRule,
  label: Field.Label,
  sniName: Field.Server,
});

export type Columns = readonly (Field | -1)[];

const toColumns = (title: string): Columns => title.split(',', LIMIT).map((name) => TITLES.find(name, 0, name.length));

/** More columns than nfdump knows. */
const LIMIT = 256;
/** Columns besides an address that a title must name: other programs name a column `sa` or `srcAddr` too. */
const LEAST = 4;

/** The columns that a title names, undefined when the line is none. */
export function columnsOf(line: string, end: number): Columns | undefined {
  if (!line.startsWith('ts,te,td,') && !line.includes('srcAddr') && !line.includes('dstAddr')) return undefined;
  // Some releases leave a comma behind the last.
  const columns = toColumns(line.substring(0, line[end - 1] === ',' ? end - 1 : end));
  if (!columns.includes(Field.Source) && !columns.includes(Field.Target)) return undefined;
  return columns.filter((field) => field !== -1).length < LEAST ? undefined : columns;
}

/** What `-o csv` prints, up to where releases differ: 1.6, and since 1.7.4. */
export const LONG = toColumns(
  'ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt,in,out,sas,das,smk,dmk,dtos,dir,nh,nhb,svln,dvln,ismc,odmc,' +
    'idmc,osmc,mpls1,mpls2,mpls3,mpls4,mpls5,mpls6,mpls7,mpls8,mpls9,mpls10,cl,sl,al,ra,eng,exid,tr'
);
export const SHORT = toColumns('firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows');

/** Locates a line's columns; returns how many there are. */
export const split = (line: string, end: number, columns: Columns): number =>
  splitColumns(line, 0, line[end - 1] === ',' ? end - 1 : end, ',', columns, fields);

import { splitColumns } from '../fields/columns.js';
import { Fields } from '../fields/fields.js';
import { jsonNode } from '../fields/json.js';
import { Keys } from '../keys.js';

export enum Field {
  Version,
  Account,
  Iface,
  Source,
  Target,
  SourcePort,
  TargetPort,
  Proto,
  Packets,
  Bytes,
  Start,
  End,
  Action,
  Status,
  Vpc,
  Subnet,
  Instance,
  Flags,
  PacketSource,
  PacketTarget,
  Region,
  Zone,
  Direction,
  Path,
  SourceService,
  TargetService,
  Reject,
  EcsService,
  // what CloudWatch puts around a record
  Message,
}

export const fields = new Fields<Field>(Field.Message + 1);

const NAMES = {
  version: Field.Version,
  'account-id': Field.Account,
  'interface-id': Field.Iface,
  srcaddr: Field.Source,
  dstaddr: Field.Target,
  srcport: Field.SourcePort,
  dstport: Field.TargetPort,
  protocol: Field.Proto,
  packets: Field.Packets,
  bytes: Field.Bytes,
  start: Field.Start,
  end: Field.End,
  action: Field.Action,
  'log-status': Field.Status,
  'vpc-id': Field.Vpc,
  'subnet-id': Field.Subnet,
  'instance-id': Field.Instance,
  'tcp-flags': Field.Flags,
  'pkt-srcaddr': Field.PacketSource,
  'pkt-dstaddr': Field.PacketTarget,
  region: Field.Region,
  'az-id': Field.Zone,
  'flow-direction': Field.Direction,
  'traffic-path': Field.Path,
  'pkt-src-aws-service': Field.SourceService,
  'pkt-dst-aws-service': Field.TargetService,
  'reject-reason': Field.Reject,
  'ecs-service-name': Field.EcsService,
} as const;

const KEYS = new Keys<Field>(NAMES);

/** Records as JSON, whose names have underscores or dashes; and CloudWatch's object around one. */
export const NODE = jsonNode<Field>({
  ...NAMES,
  ...Object.fromEntries(Object.entries(NAMES).map(([name, field]) => [name.replaceAll('-', '_'), field])),
  message: Field.Message,
});

export type Columns = readonly (Field | -1)[];

const toColumns = (names: string): Columns => names.split(' ').map((name) => KEYS.find(name, 0, name.length));

/** Columns that a title must name: an address, and two that are known besides. */
const LEAST = 3;

/** The columns of a file's first row, undefined when the line is none. */
export function columnsOf(line: string, end: number): Columns | undefined {
  if (!line.includes('addr') || line.length > TITLE_LIMIT) return undefined;
  const columns = toColumns(line.substring(0, end));
  if (!columns.includes(Field.Source) && !columns.includes(Field.PacketSource)) return undefined;
  return columns.filter((field) => field !== -1).length < LEAST ? undefined : columns;
}

const TITLE_LIMIT = 2_048;

/** What is written unasked, and starts every line of a version before 8 that was not told otherwise. */
export const PLAIN = toColumns(
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'
);

/** All columns up to version 5, in the order of their documentation. */
export const ALL = toColumns(
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status ' +
    'vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id ' +
    'pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path'
);

/** Locates the columns of `line[at, end)`; returns how many there are. */
export const split = (line: string, at: number, end: number, columns: Columns): number =>
  splitColumns(line, at, end, ' ', columns, fields, '-');

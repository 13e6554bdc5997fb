import { bindRpz } from './bind-rpz/parse.js';
import { azure } from './azure/parse.js';
import { cef } from './cef/parse.js';
import { checkpoint } from './checkpoint/parse.js';
import { ciscoAsa } from './cisco-asa/parse.js';
import type { Dialect } from './dialect.js';
import { dshield } from './dshield/parse.js';
import { ecs } from './ecs/parse.js';
import { fortigate } from './fortigate/parse.js';
import { gcp } from './gcp/parse.js';
import { ipfw } from './ipfw/parse.js';
import { juniper } from './juniper/parse.js';
import { leef } from './leef/parse.js';
import { mikrotik } from './mikrotik/parse.js';
import { netfilter } from './netfilter/parse.js';
import { ossec } from './ossec/parse.js';
import { ocsf } from './ocsf/parse.js';
import { nfdump } from './nfdump/parse.js';
import { panos } from './panos/parse.js';
import { pf } from './pf/parse.js';
import { silk } from './silk/parse.js';
import { sonicwall } from './sonicwall/parse.js';
import { suricata } from './suricata/parse.js';
import { vpcflow } from './vpcflow/parse.js';
import { windows } from './windows/parse.js';
import { zeek } from './zeek/parse.js';

/**
 * Every dialect, one line each. At most one claims a line that a device wrote; only for a line made of two
 * dialects' words does the order matter, and then the first wins.
 */
export const DIALECTS: readonly Dialect[] = [
  netfilter,
  mikrotik,
  pf,
  ciscoAsa,
  juniper,
  fortigate,
  sonicwall,
  cef,
  leef,
  checkpoint,
  panos,
  suricata,
  ipfw,
  windows,
  zeek,
  bindRpz,
  ossec,
  silk,
  nfdump,
  dshield,
  vpcflow,
  ecs,
  gcp,
  azure,
  ocsf,
];

/** The dialect that claims the line, undefined when none does (reason 'unclaimed'). */
export function dialectOf(line: string): Dialect | undefined {
  for (const dialect of DIALECTS) if (dialect.claims(line)) return dialect;
  return undefined;
}

/** The dialect of that name, as `--dialect NAME` gives it; undefined when there is none. */
export const byName = (name: string): Dialect | undefined => DIALECTS.find((dialect) => dialect.name === name);

export { actionRules, type ActionRule } from './actions.js';
export { REASONS, type Context, type Dialect, type Reason } from './dialect.js';
export { protoName, protoNumber } from './ip/proto.js';
export { repeatOf } from './repeat.js';

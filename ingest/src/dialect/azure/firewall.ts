import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Reason } from '../dialect.js';
import { actionOfWord } from '../fields/action.js';
import { addressOf, hasPorts, protoOf, readNatTarget } from '../fields/ends.js';
import { jsonText } from '../fields/json.js';
import { codeAt, MAX_UINT16, MAX_UINT8 } from '../scan.js';
import { Field, fields } from './keys.js';
import { readMessage } from './message.js';

/** Categories of Azure Firewall that tell of packets; of the others (DNS, health) nothing is plotted. */
const KINDS: ReadonlySet<string> = new Set([
  'AzureFirewallNetworkRule',
  'AzureFirewallApplicationRule',
  'AzureFirewallNatRule',
  'AZFWNetworkRule',
  'AZFWApplicationRule',
  'AZFWNatRule',
  'AZFWIdpsSignature',
  'AZFWThreatIntel',
]);

/** What a firewall's line says: in columns, or in a sentence. */
export function readFirewall(line: string, event: Event): 'ok' | Reason {
  const kind = fields.text(line, Field.Category);
  if (!KINDS.has(kind)) return 'not-traffic';
  const verdict = fields.has(Field.Message)
    ? readMessage(line, fields.from(Field.Message), fields.to(Field.Message), event)
    : readColumns(line, kind, event);
  if (verdict === 'ok' && (kind === 'AZFWIdpsSignature' || kind === 'AZFWThreatIntel') && event.action === 'allow') {
    event.action = 'alert';
  }
  return verdict;
}

function readColumns(line: string, kind: string, event: Event): 'ok' | Reason {
  if (!fields.has(Field.Source)) return 'no-address';
  event.srcIp = addressOf(line, fields.from(Field.Source), fields.to(Field.Source));
  if (event.srcIp === '') return 'bad-address';
  const verdict = readTarget(line, event);
  if (verdict !== 'ok') return verdict;
  event.proto = readProto(line, event);
  if (event.proto < 0) return 'bad-field';
  if (hasPorts(event.proto)) {
    event.srcPort = portOf(line, Field.SourcePort);
    event.dstPort = portOf(line, Field.TargetPort);
    if (event.srcPort < 0 || event.dstPort < 0) return 'bad-port';
  }
  const text = (field: Field): string => jsonText(line, fields, field);
  event.action = kind === 'AZFWNatRule' ? 'allow' : actionOfWord(text(Field.Action));
  readNatTarget(line, fields, Field.TranslatedIp, Field.TranslatedPort, event);
  event.rule = text(Field.FirewallRule);
  event.signature = text(Field.Signature) || text(Field.Threat);
  event.severity = Math.max(fields.number(line, Field.Severity, MAX_UINT8), 0);
  setAttr(event, 'signature_id', text(Field.SignatureId));
  setAttr(event, 'category', text(Field.SignatureCategory));
  setAttr(event, 'policy', text(Field.Policy));
  setAttr(event, 'rule_collection', text(Field.RuleCollection));
  setAttr(event, 'reason', text(Field.ActionReason));
  return 'ok';
}

/** An application's rule knows the name that was asked for, and no address. */
function readTarget(line: string, event: Event): 'ok' | Reason {
  if (fields.has(Field.Fqdn)) setAttr(event, 'target_name', jsonText(line, fields, Field.Fqdn));
  if (!fields.has(Field.Target)) return fields.has(Field.Fqdn) ? 'ok' : 'no-address';
  event.dstIp = addressOf(line, fields.from(Field.Target), fields.to(Field.Target));
  if (event.dstIp !== '') return 'ok';
  // A name may stand there, too, if it is not only digits and dots.
  const text = jsonText(line, fields, Field.Target);
  if (!/[a-zA-Z]/.test(text)) return 'bad-address';
  setAttr(event, 'target_name', text);
  return 'ok';
}

function readProto(line: string, event: Event): number {
  const word = fields.text(line, Field.Proto);
  if (word === 'HTTP' || word === 'HTTPS' || word === 'MSSQL' || word === 'Http' || word === 'Https') {
    setAttr(event, 'app', word.toLowerCase());
    return 6;
  }
  const from = fields.from(Field.Proto);
  let to = fields.to(Field.Proto);
  // `ICMP Type=8`
  if (line.startsWith('ICMP ', from)) to = from + 4;
  if (line.startsWith('ICMP Type=', from) && codeAt(line, from + 10) >= 48) {
    event.icmpType = Math.max(
      Number.parseInt(line.substring(from + 10, Math.min(fields.to(Field.Proto), from + 13)), 10),
      -1
    );
    if (!(event.icmpType <= MAX_UINT8)) return -1;
  }
  return fields.has(Field.Proto) ? protoOf(line, from, to) : 0;
}

const portOf = (line: string, field: Field): number => (fields.has(field) ? fields.number(line, field, MAX_UINT16) : 0);

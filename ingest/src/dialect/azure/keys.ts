import { Fields } from '../fields/fields.js';
import { jsonNode } from '../fields/json.js';

export enum Field {
  Time,
  Category,
  Operation,
  Resource,
  Mac,
  // a flow's line
  Version,
  Tuple,
  Rule,
  Acl,
  // a firewall's line
  Message,
  Source,
  SourcePort,
  Target,
  TargetPort,
  Proto,
  Action,
  Policy,
  RuleGroup,
  RuleCollection,
  FirewallRule,
  ActionReason,
  Fqdn,
  TranslatedIp,
  TranslatedPort,
  Signature,
  SignatureId,
  SignatureCategory,
  Severity,
  Threat,
}

export const fields = new Fields<Field>(Field.Threat + 1);

/**
 * A flow's line has the record's own keys beside one tuple; a firewall's has the keys of Azure Monitor, `properties` below.
 * https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview, …/azure/firewall/monitor-firewall-reference
 */
export const NODE = jsonNode<Field>({
  time: Field.Time,
  category: Field.Category,
  operationName: Field.Operation,
  resourceId: Field.Resource,
  targetResourceID: Field.Resource,
  macAddress: Field.Mac,
  mac: Field.Mac,
  flowLogVersion: Field.Version,
  version: Field.Version,
  'flow.0': Field.Tuple,
  rule: Field.Rule,
  aclID: Field.Acl,
  properties: {
    msg: Field.Message,
    SourceIp: Field.Source,
    SourceIP: Field.Source,
    SourcePort: Field.SourcePort,
    DestinationIp: Field.Target,
    DestinationIP: Field.Target,
    DestinationPort: Field.TargetPort,
    Protocol: Field.Proto,
    Action: Field.Action,
    Policy: Field.Policy,
    RuleCollectionGroup: Field.RuleGroup,
    RuleCollection: Field.RuleCollection,
    Rule: Field.FirewallRule,
    ActionReason: Field.ActionReason,
    Fqdn: Field.Fqdn,
    TranslatedIp: Field.TranslatedIp,
    TranslatedPort: Field.TranslatedPort,
    Description: Field.Signature,
    SignatureId: Field.SignatureId,
    Category: Field.SignatureCategory,
    Severity: Field.Severity,
    ThreatDescription: Field.Threat,
  },
});

import { Fields } from '../fields/fields.js';
import { jsonNode, type Shape } from '../fields/json.js';

export enum Field {
  Time,
  Millis,
  Id,
  Location,
  Hostname,
  Log,
  Level,
  Rule,
  Text,
  Agent,
  AgentIp,
  Manager,
  Program,
  Decoder,
  Source,
  SourcePort,
  Target,
  TargetPort,
  Proto,
  Action,
  User,
  Url,
  Signature,
  Command,
}

export const fields = new Fields<Field>(Field.Command + 1);

/** A packet's fields by OSSEC's names, and by those of Suricata and Windows, whose JSON Wazuh takes over as it is. */
const PACKET: Shape<Field> = {
  srcip: Field.Source,
  src_ip: Field.Source,
  dstip: Field.Target,
  dst_ip: Field.Target,
  dest_ip: Field.Target,
  srcport: Field.SourcePort,
  src_port: Field.SourcePort,
  dstport: Field.TargetPort,
  dst_port: Field.TargetPort,
  dest_port: Field.TargetPort,
  protocol: Field.Proto,
  proto: Field.Proto,
  action: Field.Action,
  dstuser: Field.User,
  url: Field.Url,
};

const ALERT: Shape<Field> = {
  timestamp: Field.Time,
  TimeStamp: Field.Millis,
  id: Field.Id,
  location: Field.Location,
  hostname: Field.Hostname,
  full_log: Field.Log,
  program_name: Field.Program,
  rule: { level: Field.Level, id: Field.Rule, sidid: Field.Rule, description: Field.Text, comment: Field.Text },
  agent: { name: Field.Agent, ip: Field.AgentIp },
  manager: { name: Field.Manager },
  predecoder: { hostname: Field.Hostname, program_name: Field.Program },
  decoder: { name: Field.Decoder },
  data: {
    ...PACKET,
    alert: { action: Field.Action, signature: Field.Signature },
    win: {
      eventdata: {
        ipAddress: Field.Source,
        sourceIp: Field.Source,
        sourceAddress: Field.Source,
        sourcePort: Field.SourcePort,
        ipPort: Field.SourcePort,
        destinationIp: Field.Target,
        destAddress: Field.Target,
        destinationPort: Field.TargetPort,
        destPort: Field.TargetPort,
        protocol: Field.Proto,
        targetUserName: Field.User,
      },
    },
  },
  ...PACKET,
};

/** https://documentation.wazuh.com/current/user-manual/manager/event-logging.html */
export const NODE = jsonNode<Field>(ALERT);

/** What Wazuh hands to an active response, and its scripts write down. */
export const RESPONSE = jsonNode<Field>({ command: Field.Command, parameters: { alert: ALERT } });

import { Fields } from '../fields/fields.js';
import { jsonNode, type Shape } from '../fields/json.js';

export enum Field {
  Time,
  LogName,
  Source,
  SourcePort,
  Target,
  TargetPort,
  Proto,
  Start,
  End,
  Bytes,
  Packets,
  Reporter,
  Disposition,
  RuleAction,
  Direction,
  Rule,
  Priority,
  Instance,
  Project,
  Network,
  Subnet,
  Region,
  SourceInstance,
  TargetInstance,
  RemoteCountry,
  SourceCountry,
  TargetCountry,
}

export const fields = new Fields<Field>(Field.TargetCountry + 1);

const PAYLOAD: Shape<Field> = {
  connection: {
    src_ip: Field.Source,
    src_port: Field.SourcePort,
    dest_ip: Field.Target,
    dest_port: Field.TargetPort,
    protocol: Field.Proto,
  },
  start_time: Field.Start,
  end_time: Field.End,
  bytes_sent: Field.Bytes,
  packets_sent: Field.Packets,
  reporter: Field.Reporter,
  disposition: Field.Disposition,
  rule_details: {
    action: Field.RuleAction,
    direction: Field.Direction,
    reference: Field.Rule,
    priority: Field.Priority,
  },
  instance: { vm_name: Field.Instance, region: Field.Region },
  vpc: { vpc_name: Field.Network, subnetwork_name: Field.Subnet, project_id: Field.Project },
  src_instance: { vm_name: Field.SourceInstance },
  dest_instance: { vm_name: Field.TargetInstance },
  remote_location: { country: Field.RemoteCountry },
  src_location: { country: Field.SourceCountry },
  dest_location: { country: Field.TargetCountry },
};

/** https://cloud.google.com/vpc/docs/firewall-rules-logging and …/about-flow-logs-records */
export const NODE = jsonNode<Field>({ timestamp: Field.Time, logName: Field.LogName, jsonPayload: PAYLOAD });

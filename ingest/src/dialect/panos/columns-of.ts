/** Columns that both types of line have, from 0. */
export enum Column {
  Serial = 2,
  Type = 3,
  Subtype = 4,
  Generated = 6,
  Source = 7,
  Target = 8,
  NatSource = 9,
  NatTarget = 10,
  Rule = 11,
  SourceUser = 12,
  TargetUser = 13,
  App = 14,
  FromZone = 16,
  ToZone = 17,
  IfaceIn = 18,
  IfaceOut = 19,
  Session = 22,
  Repeat = 23,
  SourcePort = 24,
  TargetPort = 25,
  NatSourcePort = 26,
  NatTargetPort = 27,
  Proto = 29,
  Action = 30,
}

/** Columns of TRAFFIC lines. */
export enum Traffic {
  Bytes = 31,
  Packets = 34,
  Elapsed = 36,
  Category = 37,
  EndReason = 46,
  Device = 52,
  Precise = 102,
}

/** Columns of THREAT lines. */
export enum Threat {
  Name = 31,
  Id = 32,
  Category = 33,
  Severity = 34,
  Direction = 35,
  Device = 59,
  Precise = 107,
}

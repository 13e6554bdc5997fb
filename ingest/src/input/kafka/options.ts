/** How brokers are reached. Plain data. */
export interface KafkaOptions {
  /** HOST:PORT of some of the brokers. */
  readonly brokers: readonly string[];
  readonly topics: readonly string[];
  /** Under which name the progress is told to the cluster, for those who watch consumers' lag. */
  readonly group: string;
  /** Where a partition is begun of which neither we nor the group know how far it was read. */
  readonly from: 'start' | 'end';
  /** PEM files; '' for none. `ca` without the others: the broker alone shows a certificate. */
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string } | undefined;
  readonly sasl: { readonly mechanism: SaslMechanism; readonly user: string; readonly password: string } | undefined;
  readonly lineLimit: number;
}

export const SASL_MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;
export type SaslMechanism = (typeof SASL_MECHANISMS)[number];

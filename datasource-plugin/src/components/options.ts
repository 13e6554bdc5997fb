import type { FirewallQuery } from '../query';

/** What each options component gets: the query, and a way to change one field of it and run. */
export interface OptionsProps {
  query: FirewallQuery;
  /** Prefix for element ids, so that several editors on a page stay apart. */
  id: string;
  /** In a rule, which takes numbers and time series only. */
  rule: boolean;
  set: <K extends keyof FirewallQuery>(field: K, value: FirewallQuery[K] | undefined) => void;
}

import { ABSENT, type Action } from '../../event/event.js';

const FIN = 1;
const SYN = 2;
const RST = 4;
const ACK = 16;

/**
 * Zeek's connection states: what became of the connection, and the flags that the originator must have sent, for lines
 * without a history. It only watches: whether a firewall dropped what stayed unanswered (S0) is not known.
 * https://docs.zeek.org/en/current/scripts/base/protocols/conn/main.zeek.html
 */
const STATES = new Map<string, { readonly action: Action; readonly flags: number }>([
  ['S0', { action: 'unknown', flags: SYN }],
  ['S1', { action: 'allow', flags: SYN | ACK }],
  ['SF', { action: 'allow', flags: SYN | ACK | FIN }],
  ['REJ', { action: 'reject', flags: SYN }],
  ['S2', { action: 'allow', flags: SYN | ACK | FIN }],
  ['S3', { action: 'allow', flags: SYN | ACK }],
  ['RSTO', { action: 'allow', flags: SYN | ACK | RST }],
  ['RSTR', { action: 'allow', flags: SYN | ACK }],
  ['RSTOS0', { action: 'unknown', flags: SYN | RST }],
  ['RSTRH', { action: 'unknown', flags: ABSENT }],
  ['SH', { action: 'unknown', flags: SYN | FIN }],
  ['SHR', { action: 'unknown', flags: ABSENT }],
  ['OTH', { action: 'unknown', flags: ABSENT }],
]);

export const isState = (state: string): boolean => STATES.has(state);

export const actionOfState = (state: string): Action => STATES.get(state)?.action ?? 'unknown';

/** What the originator sent, in capitals: all of a connection's flags together. Data comes with ACK; Q is SYN with FIN or RST. */
const LETTERS = new Map([
  ['S', SYN],
  ['H', SYN | ACK],
  ['A', ACK],
  ['D', ACK],
  ['F', FIN],
  ['R', RST],
  ['Q', SYN | FIN],
]);

/** Flags of `ShADadFf`, else what the state implies; `ABSENT` when neither tells. */
export function flagsOf(history: string, state: string): number {
  let flags = 0;
  for (const letter of history) flags |= LETTERS.get(letter) ?? 0;
  if (flags !== 0) return flags;
  return history === '' ? (STATES.get(state)?.flags ?? ABSENT) : ABSENT;
}

/** ICMP types whose answer stands where other types have their code. */
const ANSWERS = new Map([
  [8, 0],
  [10, 9],
  [13, 14],
  [15, 16],
  [17, 18],
  [128, 129],
  [130, 131],
  [133, 134],
  [135, 136],
  [139, 140],
  [144, 145],
]);

/** ICMP's code, of what stands as the responder's port. */
export const codeOf = (type: number, port: number): number => (ANSWERS.get(type) === port ? 0 : port);

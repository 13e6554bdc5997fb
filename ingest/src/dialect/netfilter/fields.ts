import { SPACE } from '../scan.js';

/**
 * Keys of a netfilter line by their first four characters as one number, so that one comparison tells them.
 * Order and spelling: net/netfilter/nf_log_syslog.c of Linux, and ulogd's LOGEMU, which Proxmox uses.
 */
const key = (text: string): number =>
  (text.charCodeAt(0) << 24) | (text.charCodeAt(1) << 16) | (text.charCodeAt(2) << 8) | text.charCodeAt(3);

export const OUT = key('OUT=');
export const PHYS = key('PHYS');
export const MAC = key('MAC=');
export const MACSRC = key('MACS');
export const VID = key('VID=');
export const TUNNEL = key('TUNN');
export const SRC = key('SRC=');
export const DST = key('DST=');
export const LEN = key('LEN=');
export const TTL = key('TTL=');
export const HOPLIMIT = key('HOPL');
export const FRAG = key('FRAG');
export const PROTO = key('PROT');
export const INCOMPLETE = key('INCO');
export const SPT = key('SPT=');
export const DPT = key('DPT=');
export const SEQ = key('SEQ=');
export const ACK_NUMBER = key('ACK=');
export const WINDOW = key('WIND');
export const URGP = key('URGP');
export const OPT = key('OPT ');
export const TYPE = key('TYPE');
export const CODE = key('CODE');
export const MTU = key('MTU=');
export const GATEWAY = key('GATE');
export const MARK = key('MARK');
export const UID = key('UID=');
export const GID = key('GID=');
export const ARP = key('ARP ');

/** `ID=` has three characters: compare with a key shifted right by eight. */
export const ID = key('ID= ') >>> 8;

const SYN = key('SYN ');
const ACK = key('ACK ');

/** TCP flags as bare words, bits in header order. */
const FLAGS = new Map<number, number>([
  [key('FIN '), 1],
  [SYN, 2],
  [key('RST '), 4],
  [key('PSH '), 8],
  [ACK, 16],
  [key('URG '), 32],
  [key('ECE '), 64],
  [key('CWR '), 128],
]);

/** Bit of a flag word, 0 for any other word. */
export function flagOf(code: number): number {
  if (code === SYN) return 2;
  if (code === ACK) return 16;
  return FLAGS.get(code) ?? 0;
}

/** Key of the word at `at`, 0 for one under three characters; three at the very end read as if a space followed. */
export function keyAt(line: string, at: number, end: number): number {
  if (at + 3 > end) return 0;
  const last = at + 3 < end ? line.charCodeAt(at + 3) : SPACE;
  return (line.charCodeAt(at) << 24) | (line.charCodeAt(at + 1) << 16) | (line.charCodeAt(at + 2) << 8) | last;
}

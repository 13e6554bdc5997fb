/**
 * Keys of a netfilter line by their first four characters as one number, so that one comparison tells them.
 * Order and spelling: net/netfilter/nf_log_syslog.c of Linux, and ulogd's LOGEMU, which Proxmox uses.
 */
export const key = (text: string): number =>
  (text.charCodeAt(0) << 24) | (text.charCodeAt(1) << 16) | (text.charCodeAt(2) << 8) | text.charCodeAt(3);

/** Key of the word at `at`, 0 for one under three characters; three at the very end read as if a space followed. */
export function keyAt(line: string, at: number, end: number): number {
  if (at + 3 > end) return 0;
  const last = at + 3 < end ? line.charCodeAt(at + 3) : 32;
  return (line.charCodeAt(at) << 24) | (line.charCodeAt(at + 1) << 16) | (line.charCodeAt(at + 2) << 8) | last;
}

import type { Asker } from './ask.js';
import { pieces } from './ask.js';
import type { Range, Tool } from './finding.js';

/** One row of `detect_marks`: marks in the TCP probes of a source. */
export interface Marks {
  readonly src_ip: string;
  readonly n: number;
  readonly has_id: number;
  readonly has_window: number;
  readonly has_ttl: number;
  readonly has_seq: number;
  readonly has_port: number;
  readonly zmap: number;
  readonly zmap_new: number;
  readonly masscan: number;
  readonly window_1024: number;
  readonly window_old_nmap: number;
  readonly unicorn: number;
  readonly mirai: number;
  readonly telnet: number;
  readonly ttl_min: number;
  readonly ttl_max: number;
  readonly source_ports: number;
  readonly ttls: number;
  readonly window: number;
  readonly sensors: readonly string[];
}

export async function askMarks(asker: Asker, range: Range, sources: readonly string[]): Promise<Map<string, Marks>> {
  const marks = new Map<string, Marks>();
  for (const some of pieces(sources)) {
    const rows = await asker.view<Marks>('detect_marks', {
      from: new Date(range.from),
      to: new Date(range.to),
      sources: some,
    });
    for (const row of rows) marks.set(row.src_ip, row);
  }
  return marks;
}

const LEAST = 15;
const SHARE = 0.9;

/** What wrote the probes, and which tests the log had no columns for. Pure. */
export function toolOf(marks: Marks): Tool & { readonly notEvaluable: readonly string[] } {
  const notEvaluable = missing(marks);
  const tool = marks.n < LEAST ? undefined : known(marks);
  return { ...(tool ?? { tool: '', sure: '', fields: [] }), notEvaluable };
}

/** Whether nearly all probes carry a mark, of those that have the column. */
const carries = (count: number, of: number): boolean => of >= LEAST && count >= SHARE * of;

function known(m: Marks): Tool | undefined {
  if (carries(m.masscan, Math.min(m.has_id, m.has_seq)))
    return { tool: 'masscan', sure: 'exact', fields: ['ip_id', 'tcp_seq', 'dst_ip', 'dst_port'] };
  if (carries(m.mirai, m.has_seq))
    return { tool: 'mirai', sure: m.telnet >= SHARE * m.n ? 'exact' : 'likely', fields: ['tcp_seq', 'dst_ip'] };
  if (carries(m.zmap, m.has_id)) return { tool: 'zmap', sure: 'likely', fields: ['ip_id'] };
  const fewPorts = m.has_port >= LEAST && m.source_ports <= 4;
  if (carries(m.unicorn, m.has_window)) return { tool: 'unicornscan', sure: 'weak', fields: ['tcp_window', 'ttl'] };
  if (isNmap(m, fewPorts)) return { tool: 'nmap', sure: 'likely', fields: ['tcp_window', 'ttl', 'src_port'] };
  if (carries(m.window_1024, m.has_window) && m.has_ttl >= LEAST && m.ttl_min >= 200 && fewPorts)
    return { tool: 'masscan', sure: 'weak', fields: ['tcp_window', 'ttl', 'src_port'] };
  if (carries(m.zmap_new, m.has_window)) return { tool: 'zmap', sure: 'weak', fields: ['tcp_window', 'ttl'] };
  return undefined;
}

/** nmap draws each TTL from 37 to 59; hops take the same off all of them, so at most 23 values lie side by side. */
function isNmap(m: Marks, fewPorts: boolean): boolean {
  const windows = carries(m.window_1024, m.has_window) || carries(m.window_old_nmap, m.has_window);
  const spread = m.ttl_max - m.ttl_min;
  return windows && fewPorts && m.has_ttl >= LEAST && m.ttl_max <= 59 && spread >= 8 && spread <= 22 && m.ttls >= 8;
}

function missing(m: Marks): string[] {
  if (m.n === 0) return [];
  const absent: string[] = [];
  if (m.has_id === 0) absent.push('tool: ip_id');
  if (m.has_seq === 0) absent.push('tool: tcp_seq');
  if (m.has_window === 0) absent.push('tool: tcp_window');
  if (m.has_ttl === 0) absent.push('tool: ttl');
  return absent;
}

/** What a machine's packets have in common, for telling whether sources are alike; '' when nothing was logged. */
export function stackOf(marks: Marks): string {
  if (marks.n === 0 || (marks.has_window === 0 && marks.has_ttl === 0)) return '';
  const born = marks.ttl_max <= 64 ? 64 : marks.ttl_max <= 128 ? 128 : 255;
  return `${marks.has_window === 0 ? '' : marks.window} ${marks.has_ttl === 0 ? '' : born}`;
}

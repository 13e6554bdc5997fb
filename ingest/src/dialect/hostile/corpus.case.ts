import { existsSync, readdirSync } from 'node:fs';
import { readSamples } from '../samples.case.js';

const FOLDER = new URL('../', import.meta.url);

/** The samples and refused lines of the dialect in `folder`, none where it has none. */
export const linesOf = (folder: string): readonly string[] =>
  ['samples.log', 'refused.log'].flatMap((file) => {
    const path = new URL(`${folder}/${file}`, FOLDER);
    return existsSync(path) ? readSamples(path.href.slice(0, -file.length), file).map(({ line }) => line) : [];
  });

/** Those of all dialects: lines are made of two dialects' fields, too. */
export const ALL_LINES: readonly string[] = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => linesOf(name));

/** Lines that tell a reader with a memory how those after them are to be read, and such as follow them. */
export const HEADS: readonly string[] = [
  '',
  '#separator \\x09',
  '#separator ,',
  '#set_separator\t,',
  '#unset_field\t-',
  '#path\tconn',
  '#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tconn_state',
  '#fields\tts\tnote\tmsg\tsrc\tdst\tp',
  '1795316645.678901\tC1\t198.51.100.23\t40112\t203.0.113.9\t22\ttcp\t-\tS0',
  '#close\t2026-11-22-04-00-00',
  '#Version: 1.5',
  '#Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path',
  '2026-11-22 03:04:05 DROP TCP 198.51.100.23 203.0.113.9 40112 22 44 S 1 0 1024 - - - RECEIVE',
  '** Alert 1795316645.60385: mail  - syslog,sshd,',
  '2026 Nov 22 04:04:05 (gate) 203.0.113.9->/var/log/secure',
  "Rule: 5712 (level 10) -> 'SSHD brute force'",
  'Src IP: 198.51.100.23',
  'Src Port: 40112',
  'Dst IP: 203.0.113.9',
  'Dst Port: 22',
  'User: root',
  'sIP|dIP|sPort|dPort|pro|packets|bytes|flags|sTime|duration|eTime|sensor|',
  '   198.51.100.23|     203.0.113.9|40112|   22|  6|   1|  44| S      |2026/11/22T03:04:05.678|0.000|2026/11/22T03:04:05.678|S0|',
  'ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt,in,out,sas,das',
  '2026-11-22 03:04:05,2026-11-22 03:04:06,1.0,198.51.100.23,203.0.113.9,40112,22,TCP,....S.,0,0,1,44,0,0,1,2,0,0',
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
  '2 123456789010 eni-1 198.51.100.23 203.0.113.9 40112 22 6 1 44 1795316645 1795316646 REJECT OK',
];

/** IANA protocol numbers by keyword, lower case: https://www.iana.org/assignments/protocol-numbers */
const KEYWORDS: readonly string[] = (
  'hopopt icmp igmp ggp ipv4 st tcp cbt egp igp bbn-rcc-mon nvp-ii pup argus emcon xnet chaos udp mux dcn-meas ' +
  'hmp prm xns-idp trunk-1 trunk-2 leaf-1 leaf-2 rdp irtp iso-tp4 netblt mfe-nsp merit-inp dccp 3pc idpr xtp ddp ' +
  'idpr-cmtp tp++ il ipv6 sdrp ipv6-route ipv6-frag idrp rsvp gre dsr bna esp ah i-nlsp swipe narp mobile tlsp skip ' +
  'ipv6-icmp ipv6-nonxt ipv6-opts 61 cftp 63 sat-expak kryptolan rvd ippc 68 sat-mon visa ipcv cpnx cphb wsn pvp ' +
  'br-sat-mon sun-nd wb-mon wb-expak iso-ip vmtp secure-vmtp vines iptm nsfnet-igp dgp tcf eigrp ospfigp sprite-rpc ' +
  'larp mtp ax.25 ipip micp scc-sp etherip encap 99 gmtp ifmp pnni pim aris scps qnx a/n ipcomp snp compaq-peer ' +
  'ipx-in-ip vrrp pgm 114 l2tp ddx iatp stp srp uti smp sm ptp isis fire crtp crudp sscopmce iplt sps pipe sctp fc ' +
  'rsvp-e2e-ignore mobility-header udplite mpls-in-ip manet hip shim6 wesp rohc ethernet aggfrag nsh'
).split(' ');

/** What devices write instead of the keyword. */
const ALIASES: readonly (readonly [string, number])[] = [
  ['icmpv6', 58],
  ['icmp6', 58],
  ['udp-lite', 136],
  ['ipsec-esp', 50],
  ['ipsec-ah', 51],
  ['ospf', 89],
  ['ipencap', 4],
  ['ip-encap', 4],
  ['ipv6-encap', 41],
  ['ipv6-nonext', 59],
  ['rspf', 73],
  ['mh', 135],
];

const NUMBERS = new Map<string, number>([...KEYWORDS.map((word, n) => [word, n] as const), ...ALIASES]);

/** Number of a protocol written as a word, in any case, or -1. Numbers written as digits are not read here. */
export function protoNumber(word: string): number {
  return word.length > 24 ? -1 : (NUMBERS.get(word.toLowerCase()) ?? -1);
}

/** IANA keyword in lower case, the number as text when it has none. */
export function protoName(proto: number): string {
  return KEYWORDS[proto] ?? String(proto);
}

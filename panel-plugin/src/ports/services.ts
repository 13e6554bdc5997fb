import { TABLE } from './table';

type Transport = 'tcp' | 'udp';

/** Names people use where the registry's own says little, for the ports that scanners knock on most. */
const KNOWN_AS: ReadonlyMap<number, string> = new Map([
  [445, 'SMB'],
  [1433, 'MS SQL Server'],
  [2323, 'Telnet'],
  [2375, 'Docker'],
  [3389, 'RDP'],
  [5038, 'Asterisk'],
  [5555, 'Android ADB'],
  [5900, 'VNC'],
  [6379, 'Redis'],
  [6881, 'BitTorrent'],
  [7547, 'CWMP'],
  [8080, 'HTTP'],
  [9200, 'Elasticsearch'],
  [10250, 'kubelet'],
  [11211, 'memcached'],
  [27017, 'MongoDB'],
  [37215, 'Huawei HG532'],
  [52869, 'Realtek UPnP'],
]);

let unpacked: Record<Transport, Map<number, string>> | undefined;

/** The table is unpacked at the first question: a panel nobody hovers over never pays for it. */
function tables(): Record<Transport, Map<number, string>> {
  if (unpacked === undefined) {
    unpacked = { tcp: new Map(), udp: new Map() };
    let port = 0;
    for (const token of TABLE.split(' ')) {
      const at = token.search(/[BTU]/);
      port += Number.parseInt(token.slice(0, at), 36);
      const name = token.slice(at + 1);
      if (token[at] !== 'U') {
        unpacked.tcp.set(port, name);
      }
      if (token[at] !== 'T') {
        unpacked.udp.set(port, name);
      }
    }
  }
  return unpacked;
}

/** IANA's name of a port, and in brackets what people call it: `ms-wbt-server (RDP)`; '' when it has none. */
export function serviceName(port: number, transport?: Transport): string {
  const { tcp, udp } = tables();
  const name = (transport === 'udp' ? udp.get(port) : tcp.get(port)) ?? (transport ? undefined : udp.get(port)) ?? '';
  const known = KNOWN_AS.get(port);
  if (known === undefined || known.toLowerCase() === name) {
    return name;
  }
  return name ? `${name} (${known})` : known;
}

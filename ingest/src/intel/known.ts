import type { FeedOptions } from './store/feeds.js';

/** A well-known source: what is needed to load it by its name alone. */
export interface Known {
  readonly name: string;
  readonly format: string;
  readonly url: string;
  /** How often its makers want it asked for at most, hours. */
  readonly hours: number;
  readonly about: string;
  /** It gives nothing without a key. */
  readonly needsKey?: true;
  readonly score: number;
  readonly options?: Pick<FeedOptions, 'map' | 'skipReserved'>;
}

/** In the order of --help. docs/intel.md says under which terms each may be used. */
export const KNOWN: readonly Known[] = [
  {
    ...{ name: 'otx', format: 'otx', hours: 1, score: 50, needsKey: true },
    url: 'https://otx.alienvault.com/api/v1/pulses/subscribed?limit=50',
    about: 'AlienVault OTX, the pulses that you subscribed to',
  },
  {
    ...{ name: 'spamhaus-drop', format: 'spamhaus', hours: 24, score: 90 },
    url: 'https://www.spamhaus.org/drop/drop_v4.json',
    about: 'Spamhaus DROP, IPv4',
  },
  {
    ...{ name: 'spamhaus-drop-v6', format: 'spamhaus', hours: 24, score: 90 },
    url: 'https://www.spamhaus.org/drop/drop_v6.json',
    about: 'Spamhaus DROP, IPv6',
  },
  {
    ...{ name: 'dshield-block', format: 'dshield', hours: 1, score: 70 },
    url: 'https://feeds.dshield.org/block.txt',
    about: 'DShield, the twenty networks that attack most',
  },
  {
    ...{ name: 'firehol-level1', format: 'netset', hours: 24, score: 80, options: { skipReserved: true } },
    url: 'https://iplists.firehol.org/files/firehol_level1.netset',
    about: 'FireHOL level 1, private ranges left out',
  },
  {
    ...{ name: 'feodo', format: 'csv', hours: 1, score: 90 },
    url: 'https://feodotracker.abuse.ch/downloads/ipblocklist.csv',
    about: 'Feodo Tracker, control servers of botnets',
    options: { map: 'indicator=dst_ip,tags=malware,first_seen=first_seen_utc,last_seen=last_online' },
  },
  {
    ...{ name: 'emerging-threats', format: 'plain', hours: 24, score: 70 },
    url: 'https://rules.emergingthreats.net/fwrules/emerging-Block-IPs.txt',
    about: 'Emerging Threats, addresses to block',
  },
  {
    ...{ name: 'blocklist-de', format: 'plain', hours: 12, score: 50 },
    url: 'https://lists.blocklist.de/lists/all.txt',
    about: 'blocklist.de, attackers of the last 48 hours',
  },
  {
    ...{ name: 'tor-exits', format: 'plain', hours: 1, score: 20 },
    url: 'https://check.torproject.org/torbulkexitlist',
    about: 'exits of the Tor network',
  },
  {
    ...{ name: 'circl-misp', format: 'misp', hours: 24, score: 50 },
    url: 'https://www.circl.lu/doc/misp/feed-osint/',
    about: 'CIRCL, MISP feed of open reports',
  },
];

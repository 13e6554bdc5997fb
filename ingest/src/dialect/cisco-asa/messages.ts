import type { Event } from '../../event/event.js';
import { compile, type Op } from './template.js';

/** One message id in one wording. Proto and flags are given where the message implies them without printing them. */
export interface Message {
  readonly action: Event['action'];
  readonly ops: readonly Op[];
  readonly proto: number;
  readonly flags: number;
  /** Whether it opens or closes a connection; '' for a verdict on a packet. */
  readonly event: '' | 'open' | 'close';
}

interface More {
  readonly proto?: number;
  readonly flags?: number;
  readonly event?: 'open' | 'close';
}

const ICMP = 1;
const TCP = 6;
const GRE = 47;
const SYN = 2;

const TABLE = new Map<number, Message[]>();

function add(ids: string, action: Event['action'], template: string, more: More = {}): void {
  const message: Message = {
    action,
    ops: compile(template),
    proto: more.proto ?? -1,
    flags: more.flags ?? -1,
    event: more.event ?? '',
  };
  for (const id of ids.split(' ')) TABLE.set(Number(id), [...(TABLE.get(Number(id)) ?? []), message]);
}

/**
 * The messages that tell of packets, by Cisco's syslog guide and its older editions; all others are the device's own
 * talk. Several wordings of an id are tried in this order.
 * https://www.cisco.com/c/en/us/td/docs/security/asa/syslog/b_syslog.html
 */

// Packets denied.
add('106001', 'drop', 'Inbound <proto> connection denied from <A> to <B> | flags <flags> on interface <in>');
add('106002', 'drop', '<proto> connection denied by outbound list <rule> src <A> dest <B>');
add('106006', 'drop', 'Deny inbound <proto> from <A> to <B> | on interface <in>');
add('106007', 'drop', 'Deny inbound <proto> from <A> to <B> | due to <reason>');
add('106010', 'drop', 'Deny inbound <proto> src <if:A> dst <if:B>');
add('106011', 'drop', 'Deny inbound (No xlate) <proto> src <if:A> dst <if:B>');
add('106012', 'drop', 'Deny IP from <A> to <B>, | <reason>', { proto: 0 });
add('106014', 'drop', 'Deny inbound <proto> src <if:A> dst <if:B>~(type <type>, code <code>)');
add('106015', 'drop', 'Deny <proto> (no connection) from <A> to <B> | flags <flags> on interface <in>');
add('106016', 'drop', 'Deny IP spoof from (<A>) to <B> | on interface <in>', { proto: 0 });
add('106017', 'drop', 'Deny IP due to Land Attack from <A> to <B>', { proto: 0 });
add('106018', 'drop', 'ICMP packet type <type> denied by outbound list <rule> src <A> dest <B>', { proto: ICMP });
add('106020', 'drop', 'Deny IP teardrop fragment (size = <*>) from <A> to <B>', { proto: 0 });
add('106021', 'drop', 'Deny <proto> reverse path check from <A> to <B> | on interface <in>');
add('106022', 'drop', 'Deny <proto> connection spoof from <A> to <B> | on interface <in>');
const TYPED = '[~(type <type>, code <code>)][ type <type>, code <code>,]';
// `access-group`, and `access_group` in some releases.
add('106023', 'drop', `Deny <proto> src <if:A> dst <if:B>${TYPED} by | access<word> <rule>`);
add('110002', 'drop', 'Failed to locate egress interface for <proto> from <if:A> to <B>');
add('110003', 'drop', 'Routing failed to locate next hop for <proto> from <if:A> to <if:B>');
add(
  '201010',
  'drop',
  'Embryonic connection limit exceeded <word> for <word> packet from <A> to <B> | on interface <in>',
  {
    proto: TCP,
  }
);
add('202010', 'drop', '<*>pool exhausted<*>Unable to create <proto> connection from <if:A> to <if:B>');
add(
  '209005',
  'drop',
  'Discard IP fragment set with more than <word> elements: src = <A>, dest = <B>, | proto = <proto>',
  {
    proto: 0,
  }
);
add('305005', 'drop', `No translation group found for <proto> src <if:A> dst <if:B>${TYPED}`);
add('305006', 'drop', `<*>translation creation failed for <proto> src <if:A> dst <if:B>${TYPED}`);
const ASYMMETRIC = 'Asymmetric NAT rules matched for forward and reverse flows; Connection ';
add('305013', 'drop', `${ASYMMETRIC}for <proto> src <if:A> dst <if:B>${TYPED} denied | due to <reason>`);
add('305013', 'drop', `${ASYMMETRIC}<proto> src <if:A> dst <if:B>${TYPED} denied | due to <reason>`);
add('313001', 'drop', 'Denied ICMP type=<type>, code=<code> from <A> | on interface <in>', { proto: ICMP });
add('313004', 'drop', 'Denied ICMP type=<type>, from[ laddr] <A> on interface <in> to <B>', { proto: ICMP });
add(
  '313005',
  'drop',
  'No matching connection for ICMP error message: <proto> src <if:A> dst <if:B>~(type <type>, code <code>) ' +
    '| on <in> interface. Original IP payload: <inner>'
);
add('313008', 'drop', 'Denied <proto> type=<type>, code=<code> from <A> | on interface <in>');
add(
  '313009',
  'drop',
  'Denied invalid ICMP code <code>, for <if:A><map:A> to <if:B><map:B>, | ICMP id <word>, ICMP type <type>',
  {
    proto: ICMP,
  }
);
add('401004', 'drop', 'Shunned packet: <A> <word> <B> | on interface <in>', { proto: 0 });
add('402117', 'drop', 'IPSEC: Received a non-IPSec packet (protocol=~<proto>) from <A> to <B>');
add('410001', 'drop', 'Dropped <proto> DNS <word> from <if:A> to <if:B>; | <reason>');
add(
  '418001',
  'drop',
  'Through-the-device packet to/from management-only network is denied: <proto> src <if:A> dst <if:B>'
);
add('419001', 'drop', 'Dropping <proto> packet from <if:A> to <if:B>, | reason: <reason>');
add('419002', 'alert', 'Duplicate <proto> SYN from <if:A> to <if:B> with | different', { flags: SYN });
add('420002 434002', 'drop', '<word> requested to drop <proto> packet from <if:A> to <if:B>');
add('420003 434003', 'reject', '<word> requested to reset <proto> connection from <if:A> to <if:B>');
add('421001', 'drop', '<proto> flow from <if:A> to <if:B> is dropped | because <reason>');
add('500003', 'drop', 'Bad TCP hdr length (hdrlen=<*>) from <A> to <B>, | flags: <flags>, on interface <in>', {
  proto: TCP,
});
add('500004', 'drop', 'Invalid transport field for protocol=<proto>, from <A> to <B>');
add('507003', 'drop', '<proto> flow from <if:A> to <if:B> terminated by inspection engine, | reason - <reason>');
add('710001 710002', 'allow', '<proto> access requested from <A> to <if:B>');
add('710002', 'allow', '<proto> access permitted from <A> to <if:B>');
add('710003', 'drop', '<proto> access denied by ACL from <A> to <if:B>');
add('710004', 'drop', '<proto> connection limit exceeded from <A> to <if:B>');
add('710005 710006', 'drop', '<proto> request discarded from <A> to <if:B>');

// Verdicts of access lists; one line stands for many packets.
add('106100', 'unknown', 'access-list <rule> <permit> <proto> <acl:A> -> <acl:B> hit-cnt <count> | <*>');
add(
  '106102 106103',
  'unknown',
  'access-list <rule> <permit> <proto> for user <word> <acl:A> -> <acl:B> hit-cnt <count> | <*>'
);

// Connections. Built ones say who began; closed ones do not, and keep the order of the message.
const OPEN = { event: 'open' } as const;
const CLOSE = { event: 'close' } as const;
const BUILT = 'connection <conn> for <if:A><map:A> to <if:B><map:B>';
add('302013 302015 302035', 'allow', `Built <dir>[ Probe] <proto> ${BUILT}`, OPEN);
const CLOSED = 'connection <conn> for <if:A> to <if:B> duration | <duration> bytes <bytes> <reason>';
add('302014 302016 302036', 'allow', `Teardown[ Probe] <proto> ${CLOSED}`, CLOSE);
add('302017', 'allow', 'Built <dir> GRE connection <conn> from <if:A>[<map:A>] to <if:B><map:B>', {
  proto: GRE,
  ...OPEN,
});
add(
  '302018',
  'allow',
  'Teardown GRE connection <conn> from <if:A>[<map:A>] to <if:B>[<map:B>] duration | <duration> bytes <bytes>',
  {
    proto: GRE,
    ...CLOSE,
  }
);
add(
  '302020',
  'allow',
  'Built <dir> <proto> connection for faddr <icmp:A> gaddr <G> laddr <icmp:B>[ (<*>)][ type <type> code <code>]',
  OPEN
);
add(
  '302021',
  'allow',
  'Teardown <proto> connection for faddr <icmp:A> gaddr <G> laddr <icmp:B>[ (<*>)][ type <type> code <code>]',
  CLOSE
);
add('302021', 'allow', 'Teardown <proto> connection <conn> from <if:A><map:A> to <if:B><map:B>', CLOSE);
add(
  '302022 302024 302026',
  'allow',
  'Built <word> stub <proto> connection for <if:A>[<map:A>] to <if:B>[<map:B>]',
  OPEN
);
add(
  '302023 302025 302027',
  'allow',
  'Teardown stub <proto> connection for <if:A> to <if:B> duration | <duration> forwarded bytes <bytes> <reason>',
  CLOSE
);
add('302303 302305', 'allow', 'Built <proto> state-bypass connection <conn> from <if:A><map:A> to <if:B><map:B>', OPEN);
add(
  '302304 302306',
  'allow',
  `Teardown <proto> state-bypass connection <conn> from <if:A> to <if:B> | duration <duration> bytes <bytes> <reason>`,
  CLOSE
);

// Signatures.
const DYNAMIC = 'Dynamic Filter <word> <signature> <proto> traffic from <if:A><map:A> to <if:B><map:B>';
add('338001 338002 338003 338004 338101 338102 338103 338104 338201 338202', 'alert', DYNAMIC);
add('338005 338006 338007 338008 338203 338204', 'drop', DYNAMIC);
const FIRST_IPS = 400_000;
const LAST_IPS = 400_051;
for (let id = FIRST_IPS; id <= LAST_IPS; id++) {
  add(String(id), 'alert', 'IPS:<signature> from <A> to <B> | on interface <in>', { proto: 0 });
}

const NONE: readonly Message[] = [];

/** The wordings of a message id; none when it tells of no packet. */
export const messagesOf = (id: number): readonly Message[] => TABLE.get(id) ?? NONE;

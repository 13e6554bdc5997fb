/**
 * Messages as Cisco's syslog guide words them, with fields in angle brackets:
 *
 *     Deny <proto> src <if:A> dst <if:B>[~(type <type>, code <code>)] by access-group | <rule>
 *
 * Letters match in any case, a space stands for one or more, `~` for any number of them, `[…]` may be missing, and what
 * follows `|` is not needed for an event. Templates are compiled when the module loads and run without backtracking: a
 * part that may be missing is tried once.
 */
export type Op =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'field'; readonly field: Field; readonly until: string }
  | { readonly kind: 'optional'; readonly ops: readonly Op[] }
  | { readonly kind: 'enough' };

/** What a field holds; A and B are the two ends of a connection, in the order of the message. */
export const FIELDS = [
  'A', // address/port of one end, `if:A` with its interface, `acl:A` as 106100 writes it
  'B',
  'if:A',
  'if:B',
  'icmp:A', // with the number that ICMP connections have
  'icmp:B',
  'acl:A',
  'acl:B',
  'map:A', // what A is translated to, in brackets
  'map:B',
  'G', // 302020: what B is translated to, without brackets
  'proto',
  'dir', // inbound or outbound
  'permit', // permitted, denied, est-allowed
  'flags',
  'type',
  'code',
  'in', // interface that the packet came in on
  'rule',
  'count',
  'bytes',
  'duration',
  'conn',
  'reason',
  'inner',
  'signature',
  'word', // one word, not kept
  '*', // anything up to the text that follows
] as const;
export type Field = (typeof FIELDS)[number];

/** @throws Error on a template that is none: they are part of the program, so its tests see it */
export function compile(template: string): readonly Op[] {
  const [ops, rest] = compileUntil(template, 0, template.length);
  if (rest !== template.length) throw new Error(`Unbalanced bracket in the template ${JSON.stringify(template)}.`);
  return ops;
}

function compileUntil(template: string, from: number, to: number): [ops: Op[], at: number] {
  const ops: Op[] = [];
  let literal = '';
  let i = from;
  const flush = (): void => {
    if (literal !== '') ops.push({ kind: 'literal', text: literal.toLowerCase() });
    literal = '';
  };
  while (i < to && template[i] !== ']') {
    const c = template[i]!;
    if (c === '<') {
      flush();
      const close = template.indexOf('>', i);
      const field = FIELDS.find((each) => each === template.substring(i + 1, close));
      if (field === undefined) throw new Error(`No such field in the template ${JSON.stringify(template)}, at ${i}.`);
      ops.push({ kind: 'field', field, until: literalAfter(template, close + 1) });
      i = close + 1;
    } else if (c === '[') {
      flush();
      const [inner, at] = compileUntil(template, i + 1, to);
      ops.push({ kind: 'optional', ops: inner });
      i = at + 1;
    } else if (c === '|') {
      // The space on either side of the bar is one.
      flush();
      ops.push({ kind: 'enough' });
      i += 2;
    } else {
      literal += c;
      i++;
    }
  }
  flush();
  return [ops, i];
}

/** The literal that follows a field, up to its second space: a field without a form of its own ends there. */
function literalAfter(template: string, at: number): string {
  let end = at;
  while (end < template.length && !'<[]|~'.includes(template[end]!)) {
    end++;
    if (end > at + 1 && template[end - 1] === ' ') break;
  }
  return template.substring(at, end);
}

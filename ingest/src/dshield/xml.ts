/** Plain elements, as DShield's API writes them: no DTD, no entities but the five, attributes are passed over. */
const TOKEN = /<(\/?)([A-Za-z_][\w.-]{0,63})([^<>]*)>([^<]*)/g;
const DEPTH = 16;

interface Open {
  readonly name: string;
  readonly node: Record<string, unknown>;
  text: string;
}

/**
 * The document as an object: an element with text alone is a value, an element that comes again has a number behind its
 * name. @throws SyntaxError when it ends within an element, or ends one that was not begun
 */
export function treeOfXml(text: string): Record<string, unknown> {
  const root: Open = { name: '', node: Object.create(null) as Record<string, unknown>, text: '' };
  const stack = [root];
  for (const [, close, name = '', rest = '', after = ''] of text.matchAll(TOKEN)) {
    const top = stack.at(-1) as Open;
    if (close === '/') {
      if (stack.length === 1 || top.name !== name) throw new SyntaxError(`it is no whole XML: </${name}> ends nothing`);
      stack.pop();
      put(stack.at(-1) as Open, top);
    } else {
      const opened: Open = { name, node: Object.create(null) as Record<string, unknown>, text: after };
      if (rest.endsWith('/')) put(top, opened);
      else stack.push(opened);
      if (stack.length > DEPTH) throw new SyntaxError('it is XML of another kind: its elements are nested too deep');
    }
  }
  if (stack.length > 1) throw new SyntaxError(`it is no whole XML: <${stack.at(-1)?.name}> does not end`);
  return root.node;
}

function put(parent: Open, { name, node, text }: Open): void {
  const value = Object.keys(node).length > 0 ? node : plain(text);
  let key = name;
  for (let i = Object.keys(parent.node).length; key in parent.node; i++) key = `${name}.${i}`;
  parent.node[key] = value;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const plain = (text: string): string =>
  text.trim().replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');

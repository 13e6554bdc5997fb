/** Writes small files in MaxMind's format, so that tests have databases of their own. https://maxmind.github.io/MaxMind-DB/ */

type Value = string | number | { readonly [key: string]: Value };

/** An IPv4 database. @param networks `a.b.c.d/bits` and what is said of each; they must not overlap */
export function mmdb(networks: Readonly<Record<string, Value>>): Buffer {
  const tree: [number, number][] = [[NONE, NONE]];
  const data: Buffer[] = [];
  let size = 0;
  for (const [network, value] of Object.entries(networks)) {
    const bytes = encoded(value);
    insert(tree, network, LEAF - size);
    data.push(bytes);
    size += bytes.length;
  }
  const record = (entry: number): number => {
    if (entry === NONE) return tree.length;
    return entry <= LEAF ? tree.length + SEPARATOR + (LEAF - entry) : entry;
  };
  const nodes = Buffer.alloc(tree.length * 6);
  tree.forEach((pair, node) => pair.forEach((entry, side) => nodes.writeUIntBE(record(entry), node * 6 + side * 3, 3)));
  const facts = { binary_format_major_version: 2, binary_format_minor_version: 0, build_epoch: 1, ip_version: 4 };
  const metadata = { ...facts, node_count: tree.length, record_size: 24, database_type: 'test', description: {} };
  return Buffer.concat([nodes, Buffer.alloc(SEPARATOR), ...data, MARKER, encoded(metadata)]);
}

const NONE = -1;
/** Entries from here down are places in the data. */
const LEAF = -2;
const SEPARATOR = 16;
const MARKER = Buffer.from('abcdef4d61784d696e642e636f6d', 'hex');

function insert(tree: [number, number][], network: string, leaf: number): void {
  const [address = '', bits = '32'] = network.split('/');
  const number = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  let node = 0;
  for (let bit = 0; bit < Number(bits); bit++) {
    const pair = tree[node] as [number, number];
    const side = Math.floor(number / 2 ** (31 - bit)) % 2;
    if (bit === Number(bits) - 1) pair[side] = leaf;
    else if (pair[side] === NONE) pair[side] = tree.push([NONE, NONE]) - 1;
    node = pair[side] as number;
  }
}

function encoded(value: Value): Buffer {
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(5, (6 << 5) | 4);
    bytes.writeUInt32BE(value, 1);
    return bytes;
  }
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    return Buffer.concat([Buffer.from(text.length < 29 ? [64 | text.length] : [64 | 29, text.length - 29]), text]);
  }
  const pairs = Object.entries(value);
  return Buffer.concat([Buffer.from([(7 << 5) | pairs.length]), ...pairs.flatMap((pair) => pair.map(encoded))]);
}

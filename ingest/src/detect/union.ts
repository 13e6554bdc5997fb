/** Connected groups of things that were found in pairs. Pure. */
export function groupsOf<T>(pairs: readonly (readonly [T, T])[]): T[][] {
  const parent = new Map<T, T>();
  const root = (item: T): T => {
    let at = item;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  for (const [a, b] of pairs) {
    if (!parent.has(a)) parent.set(a, a);
    if (!parent.has(b)) parent.set(b, b);
    parent.set(root(a), root(b));
  }
  const groups = new Map<T, T[]>();
  for (const item of parent.keys()) {
    const top = root(item);
    const group = groups.get(top);
    if (group === undefined) groups.set(top, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** Spans that touch or overlap are one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function overlaps(a: Span, b: Span, gap = 0): boolean {
  return a.start <= b.end + gap && b.start <= a.end + gap;
}

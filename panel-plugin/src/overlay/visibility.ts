import type { Visibility } from './layout';

/** What the viewer wants to see of findings: one wish for all kinds, and others for single kinds. */
export interface Wishes {
  readonly all: Visibility;
  readonly kinds: ReadonlyMap<string, Visibility>;
}

export const ALL_SHOWN: Wishes = { all: 'shown', kinds: new Map() };

const NEXT: Readonly<Record<Visibility, Visibility>> = { shown: 'dimmed', dimmed: 'hidden', hidden: 'shown' };

export function visibilityOf({ all, kinds }: Wishes, kind: string): Visibility {
  return kinds.get(kind) ?? all;
}

/** What all of these kinds have in common; `mixed` when they differ. */
export function overall(wishes: Wishes, kinds: readonly string[]): Visibility | 'mixed' {
  const [first = wishes.all, ...others] = kinds.map((kind) => visibilityOf(wishes, kind));
  return others.every((other) => other === first) ? first : 'mixed';
}

/** One kind a step on: shown, dimmed, hidden, shown again. */
export function cycleKind(wishes: Wishes, kind: string): Wishes {
  return { ...wishes, kinds: new Map(wishes.kinds).set(kind, NEXT[visibilityOf(wishes, kind)]) };
}

/** All kinds a step on, also those that come later; from a mixture to all shown. */
export function cycleAll(wishes: Wishes, kinds: readonly string[]): Wishes {
  const now = overall(wishes, kinds);
  return { all: now === 'mixed' ? 'shown' : NEXT[now], kinds: new Map() };
}

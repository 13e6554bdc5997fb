/** How findings of one kind are drawn. Form, dash and label tell kinds apart; colour says what sort of thing it is. */
export interface Style {
  /** `curve` only when the ports have an order and there are knots; a box else. A `band` lies along its port's row. */
  readonly form: 'curve' | 'box' | 'band';
  readonly tone: Tone;
  /** Dash and gap in CSS pixels; [] is a whole line. */
  readonly dash: readonly number[];
  /** Two lines side by side, for scans that run in lockstep. */
  readonly twin?: true;
}

/** One scanner; several that work together; something to look at; what is no scan. */
export type Tone = 'single' | 'group' | 'look' | 'aside';

export const TONES: readonly Tone[] = ['single', 'group', 'look', 'aside'];

const STYLES: Readonly<Record<string, Style>> = {
  vertical: { form: 'curve', tone: 'single', dash: [] },
  horizontal: { form: 'band', tone: 'single', dash: [] },
  block: { form: 'box', tone: 'single', dash: [] },
  synchronised: { form: 'curve', tone: 'group', dash: [], twin: true },
  distributed: { form: 'curve', tone: 'group', dash: [9, 4] },
  diagonal: { form: 'curve', tone: 'group', dash: [3, 3] },
  decoy: { form: 'box', tone: 'group', dash: [9, 3, 2, 3] },
  painted: { form: 'box', tone: 'look', dash: [5, 4] },
  spike: { form: 'band', tone: 'look', dash: [] },
  backscatter: { form: 'box', tone: 'aside', dash: [2, 3] },
  periodic: { form: 'box', tone: 'aside', dash: [1, 5] },
};

const OTHER: Style = { form: 'box', tone: 'single', dash: [6, 4] };

export function styleOf(kind: string): Style {
  return Object.hasOwn(STYLES, kind) ? STYLES[kind]! : OTHER;
}

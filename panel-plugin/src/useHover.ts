import { useMemo, useState } from 'react';
import type { Place } from './components/Plot';
import { rangeOf, type CellRange } from './detail';
import { hit } from './hit';
import type { Drawn } from './useView';
import { cellWords, type CellWords } from './words';

/** A cell that is told about: where the pointer was, what it covers, and how that reads. */
export interface Told {
  readonly place: Place;
  readonly range: CellRange;
  readonly words: CellWords;
}

export interface Hover {
  readonly told: Told | null;
  readonly pinned: boolean;
  readonly onHover: (place: Place | null) => void;
  /** Pins what is under the pointer; with something pinned, or nothing under it, unpins. */
  readonly onClick: () => void;
  readonly unpin: () => void;
}

/** How far from a cell the pointer still means it, CSS pixels. */
const REACH = 4;

/** Level of the swatches in legend and tooltip: bright enough to name a colour. */
export const SWATCH = 0.3;

/** The cell under the pointer, and the one that was pinned: it stays as it was when new data comes in. */
export function useHover(drawn: Drawn, timeZone: string): Hover {
  const { picture, view, ink, palette, ratio } = drawn;
  const { cells } = picture;
  const [place, setPlace] = useState<Place | null>(null);
  const [pin, setPin] = useState<Told | null>(null);
  const index = place ? hit(cells, view, ink.shown, place.x * ratio, place.y * ratio, REACH * ratio) : -1;
  const cell = useMemo(() => {
    if (index < 0) {
      return null;
    }
    const range = rangeOf(cells, index, ink.shown);
    return { range, words: cellWords(cells, index, range, timeZone, (id) => palette.css(id, SWATCH)) };
  }, [cells, index, ink, palette, timeZone]);
  const under = place && cell ? { place, ...cell } : null;
  return {
    told: pin ?? under,
    pinned: pin !== null,
    onHover: setPlace,
    onClick: () => setPin(pin ? null : under),
    unpin: () => setPin(null),
  };
}

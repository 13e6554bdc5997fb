import { useCallback, useMemo, useState } from 'react';
import type { Place } from './components/Plot';
import { rangeOf, type CellRange } from './detail';
import { hit } from './hit';
import { itemAt, itemsAround, type Layout } from './overlay/layout';
import type { Scan } from './overlay/scan';
import type { Drawn } from './useView';
import { cellWords, type CellWords } from './words';

/** What is told about: where the pointer was, the cell there, and the findings that are drawn there. */
export interface Told {
  readonly place: Place;
  /** What the cell covers, and how that reads; null where there is none. */
  readonly cell: { readonly range: CellRange; readonly words: CellWords } | null;
  /** The finding whose line or label is meant, else the few whose box holds the cell. */
  readonly scans: readonly Scan[];
  readonly onScan: boolean;
}

export interface Hover {
  readonly told: Told | null;
  readonly pinned: boolean;
  /** The drawn finding that is meant, by id. */
  readonly scanId: string | undefined;
  readonly onHover: (place: Place | null) => void;
  /**
   * Does what a click on a finding does; elsewhere, and with `keep`, pins what is under the pointer. With something
   * pinned, or nothing under it, unpins.
   */
  readonly onClick: (keep: boolean) => void;
  /** Tells of a finding as if the pointer were on it; undefined ends that. */
  readonly onList: (listed: { readonly scan: Scan; readonly place: Place } | undefined) => void;
  readonly unpin: () => void;
}

/** How far from a cell, or from a line, the pointer still means it; CSS pixels. */
const REACH = 4;

/** How many findings around a cell are named. */
const MOST_AROUND = 3;

/** Level of the swatches in legend and tooltip: bright enough to name a colour. */
export const SWATCH = 0.3;

/**
 * The cell and the finding under the pointer, and what was pinned: it stays as it was when new data comes in.
 * @param onScan what a click on a finding does; false when there is nothing to do, and the click shall pin
 */
export function useHover(
  drawn: Drawn,
  layout: Layout,
  timeZone: string,
  onScan: (scan: Scan) => boolean = () => false
): Hover {
  const { picture, view, ink, palette, ratio } = drawn;
  const { cells } = picture;
  const [place, setPlace] = useState<Place | null>(null);
  const [pin, setPin] = useState<Told | null>(null);
  const [listed, setListed] = useState<Told | null>(null);
  const index = place ? hit(cells, view, ink.shown, place.x * ratio, place.y * ratio, REACH * ratio) : -1;
  const cell = useMemo(() => {
    if (index < 0) {
      return null;
    }
    const range = rangeOf(cells, index, ink.shown);
    return { range, words: cellWords(cells, index, range, timeZone, (id) => palette.css(id, SWATCH)) };
  }, [cells, index, ink, palette, timeZone]);
  const item = place ? itemAt(layout, place.x, place.y, REACH) : -1;
  const around = place && item < 0 && cell ? itemsAround(layout, place.x, place.y).slice(0, MOST_AROUND) : [];
  const scans = (item < 0 ? around : [item]).map((each) => layout.items[each]!.scan);
  const under = place && (cell || item >= 0) ? { place, cell, scans, onScan: item >= 0 } : null;
  const meant = listed ?? under;
  const told = pin ?? meant;
  const onList = useCallback<Hover['onList']>(
    (one) => setListed(one ? { place: one.place, cell: null, scans: [one.scan], onScan: true } : null),
    []
  );
  return {
    told,
    pinned: pin !== null,
    scanId: told?.onScan ? told.scans[0]?.id : undefined,
    onHover: (next) => {
      setPlace(next);
      if (next) {
        setListed(null);
      }
    },
    onClick: (keep) => {
      if (pin || !meant) {
        setPin(null);
      } else if (keep || !meant.onScan || !onScan(meant.scans[0]!)) {
        setPin(meant);
      }
    },
    onList,
    unpin: () => setPin(null),
  };
}

import React, { useMemo, type RefObject } from 'react';
import type { PanelData } from '@grafana/data';
import { rangeOf } from '../detail';
import { exploreUrl } from '../explore';
import type { Input } from '../frames';
import { hit } from '../hit';
import { useCellDetail } from '../useCellDetail';
import type { Drawn } from '../useView';
import { cellWords, copyText } from '../words';
import type { Place } from './Plot';
import { Tooltip } from './Tooltip';

interface Props {
  readonly place: Place | null;
  readonly pinned: boolean;
  readonly onUnpin: () => void;
  readonly root: RefObject<HTMLDivElement | null>;
  /** Left and top of the plotted rectangle in the panel. */
  readonly offset: Place;
  readonly drawn: Drawn;
  readonly input: Input;
  readonly data: PanelData;
  readonly timeZone: string;
  readonly onFilter: ((source: string) => void) | undefined;
}

/** How far from a cell the pointer still means it, CSS pixels. */
const REACH = 4;

/** Finds the cell under the pointer and shows what is known of it. */
export function HoverLayer(props: Props) {
  const { place, pinned, onUnpin, root, offset, drawn, input, data, timeZone, onFilter } = props;
  const { picture, view, ink, palette } = drawn;
  const { cells } = picture;
  const ratio = globalThis.devicePixelRatio || 1;
  const index = place ? hit(cells, view, ink.shown, place.x * ratio, place.y * ratio, REACH * ratio) : -1;
  const found = useMemo(() => {
    if (index < 0 || index >= cells.length) {
      return null;
    }
    const range = rangeOf(cells, index, ink.shown);
    return { range, words: cellWords(cells, index, range, timeZone, (id) => palette.css(id, 0.3)) };
  }, [cells, index, ink, palette, timeZone]);
  const detail = useCellDetail(input, data, found?.range ?? null);
  const corner = root.current?.getBoundingClientRect();
  if (place === null || found === null || corner === undefined) {
    return null;
  }
  const sources = detail.state === 'ready' ? detail.detail.top : [];
  return (
    <Tooltip
      x={corner.left + offset.x + place.x}
      y={corner.top + offset.y + place.y}
      words={found.words}
      detail={detail}
      pinned={pinned}
      exploreUrl={
        pinned ? exploreUrl(data.request, input.kind === 'cells' ? input.refId : undefined, found.range) : undefined
      }
      onFilter={onFilter}
      onCopy={() => void navigator.clipboard?.writeText(copyText(found.words, sources))}
      onClose={onUnpin}
    />
  );
}

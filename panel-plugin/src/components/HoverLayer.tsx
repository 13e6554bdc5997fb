import React from 'react';
import type { PanelData } from '@grafana/data';
import type { Input } from '../frames';
import { useCellDetail } from '../useCellDetail';
import { useExploreUrl } from '../useExploreUrl';
import type { Hover } from '../useHover';
import { copyText } from '../words';
import { Tooltip } from './Tooltip';

interface Props {
  readonly hover: Hover;
  readonly input: Input;
  readonly data: PanelData;
  readonly onFilter: ((source: string) => void) | undefined;
}

/** The tooltip of the cell under the pointer, with what the data source adds to it. */
export function HoverLayer({ hover, input, data, onFilter }: Props) {
  const { told, pinned, unpin } = hover;
  const detail = useCellDetail(input, data, told?.range ?? null);
  const refId = input.kind === 'cells' ? input.refId : undefined;
  const url = useExploreUrl(data.request, refId, pinned && told ? told.range : null);
  if (told === null) {
    return null;
  }
  const sources = detail.state === 'ready' ? detail.detail.top : [];
  return (
    <Tooltip
      x={told.place.windowX}
      y={told.place.windowY}
      words={told.words}
      detail={detail}
      pinned={pinned}
      exploreUrl={url}
      onFilter={onFilter}
      text={() => copyText(told.words, sources)}
      onClose={unpin}
    />
  );
}

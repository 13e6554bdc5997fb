import React, { useMemo } from 'react';
import type { PanelData } from '@grafana/data';
import { cellRows, scanRows } from '../explore';
import type { Input } from '../frames';
import type { ScanInk } from '../overlay/ink';
import type { Scan } from '../overlay/scan';
import type { Marks } from '../marks/readMarks';
import { markWords } from '../marks/markWords';
import { scanText, scanWords } from '../overlay/scanWords';
import { useCellDetail } from '../useCellDetail';
import { useExploreUrl } from '../useExploreUrl';
import type { Hover } from '../useHover';
import { copyText } from '../words';
import { ScanTip, type ScanFilter } from './ScanTip';
import { Tooltip } from './Tooltip';

interface Props {
  readonly hover: Hover;
  readonly input: Input;
  readonly data: PanelData;
  readonly timeZone: string;
  readonly ink: ScanInk;
  /** Marks of listed sources, when they are shown. */
  readonly marks: Marks | undefined;
  readonly onFilter: ((source: string) => void) | undefined;
  /** The filter of a finding's sources, where there can be one. */
  readonly filterOf: (scan: Scan) => ScanFilter | undefined;
}

/** The tooltip of the cell and the findings under the pointer, with what the data source adds to the cell. */
export function HoverLayer({ hover, input, data, timeZone, ink, marks, onFilter, filterOf }: Props) {
  const { told, pinned, unpin } = hover;
  const range = told?.cell?.range ?? null;
  const detail = useCellDetail(input, data, range);
  const refId = input.kind === 'cells' ? input.refId : undefined;
  const rows = useMemo(() => (pinned && range ? cellRows(range) : null), [pinned, range]);
  const url = useExploreUrl(data.request, refId, rows);
  const listed = useMemo(() => (marks && range ? markWords(marks, range) : undefined), [marks, range]);
  if (told === null) {
    return null;
  }
  const sources = detail.state === 'ready' ? detail.detail.top : [];
  const text = () =>
    [
      ...told.scans.map((scan) => scanText(scanWords(scan, timeZone))),
      ...(listed ? [listed] : []),
      ...(told.cell ? [copyText(told.cell.words, sources)] : []),
    ].join('\n\n');
  return (
    <Tooltip
      x={told.place.windowX}
      y={told.place.windowY}
      label={told.onScan ? scanWords(told.scans[0]!, timeZone).title : told.cell!.words.port}
      words={told.cell?.words}
      detail={detail}
      pinned={pinned}
      exploreUrl={url}
      onFilter={onFilter}
      text={text}
      onClose={unpin}
    >
      {listed && <div data-testid="fireplot-mark">◇ {listed}</div>}
      {told.scans.map((scan) => (
        <Finding
          onFiltered={unpin}
          key={scan.id}
          {...{ scan, data, refId, pinned, timeZone, ink }}
          whole={told.onScan}
          filterOf={filterOf}
        />
      ))}
    </Tooltip>
  );
}

interface FindingProps extends Pick<Props, 'data' | 'timeZone' | 'ink' | 'filterOf'> {
  readonly scan: Scan;
  readonly refId: string | undefined;
  readonly pinned: boolean;
  readonly whole: boolean;
  readonly onFiltered: () => void;
}

function Finding({ scan, data, refId, pinned, whole, timeZone, ink, filterOf, onFiltered }: FindingProps) {
  const rows = useMemo(() => (pinned ? scanRows(scan) : null), [pinned, scan]);
  const exploreUrl = useExploreUrl(data.request, refId, rows);
  const filter = filterOf(scan);
  const apply = () => {
    filter?.apply();
    onFiltered();
  };
  return (
    <ScanTip {...{ scan, whole, pinned, timeZone, ink, exploreUrl }} filter={filter && { text: filter.text, apply }} />
  );
}

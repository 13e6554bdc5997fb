import { formattedValueToString, getDisplayProcessor, type DataFrame } from '@grafana/data';
import type { SortOrder, TooltipDisplayMode } from '@grafana/schema';
import {
  getFieldDisplayItems,
  getFieldDisplayLinks,
  useTheme2,
  VizTooltipContent,
  VizTooltipFooter,
  VizTooltipHeader,
  VizTooltipWrapper,
} from '@grafana/ui';

interface Props {
  frame: DataFrame;
  /** Row under the cursor, a field each. */
  indices: Array<number | null>;
  seriesIndex: number | null;
  mode: TooltipDisplayMode;
  sort: SortOrder;
  isPinned: boolean;
}

/** Time on top, one line a series, links once it is pinned. */
export function SeriesTooltip({ frame, indices, seriesIndex, mode, sort, isPinned }: Props) {
  const theme = useTheme2();
  const x = frame.fields[0];
  const row = indices[0];
  if (!x || row === null || row === undefined) return null;
  const display = x.display ?? getDisplayProcessor({ field: x, theme });
  const items = getFieldDisplayItems(
    frame.fields,
    x,
    indices,
    seriesIndex,
    mode,
    sort,
    (field) => field.type === 'number'
  );
  const field = seriesIndex === null ? undefined : frame.fields[seriesIndex];
  const at = seriesIndex === null ? null : indices[seriesIndex];
  const links = isPinned && field && at !== null && at !== undefined ? getFieldDisplayLinks(field, at) : [];
  return (
    <VizTooltipWrapper>
      <VizTooltipHeader
        item={{ label: '', value: formattedValueToString(display(x.values[row])) }}
        isPinned={isPinned}
      />
      <VizTooltipContent items={items} isPinned={isPinned} scrollable maxHeight={400} />
      {links.length > 0 && <VizTooltipFooter dataLinks={links} />}
    </VizTooltipWrapper>
  );
}

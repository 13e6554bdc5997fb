import { useCallback } from 'react';
import type { PlotBox } from './components/Plot';
import type { Layout } from './overlay/layout';
import type { Scan } from './overlay/scan';
import { anchorOf } from './overlay/shape';
import type { Hover } from './useHover';

/**
 * Tells of the finding that has the focus in the list of findings: beside where it is drawn, as no pointer says where.
 * @param plot the plotted rectangle within the panel
 * @returns takes the finding, and the element of the panel that has the focus
 */
export function useListed(
  plot: PlotBox,
  layout: Layout,
  onList: Hover['onList']
): (scan: Scan | undefined, element: Element) => void {
  const { left, top } = plot;
  return useCallback(
    (scan, element) => {
      const shape = layout.items.find((item) => item.scan === scan)?.shape;
      const frame = element.closest('[data-testid=fireplot-panel]')?.getBoundingClientRect();
      if (!scan || !shape || !frame) {
        onList(undefined);
        return;
      }
      const { x, y } = anchorOf(shape);
      onList({ scan, place: { x, y, windowX: frame.left + left + x, windowY: frame.top + top + y } });
    },
    [left, top, layout, onList]
  );
}

import React, { memo } from 'react';
import type { Layout } from '../overlay/layout';
import { paintFocus, paintScans } from '../overlay/paintScans';
import { Sheet, type SheetLook } from './Sheet';

interface Props extends SheetLook {
  readonly layout: Layout;
  /** The finding that is drawn stronger, by id. */
  readonly focus: string | undefined;
}

/** Findings, on two canvases above the cells: one for all of them, one for the one that is meant. A hover paints one. */
export const ScanCanvas = memo(function ScanCanvas({ layout, focus, ...look }: Props) {
  const focused = focus === undefined ? undefined : layout.items.find((item) => item.scan.id === focus);
  return (
    <>
      <Sheet {...look} testId="fireplot-scans" items={layout.items} paint={paintScans} />
      <Sheet {...look} testId="fireplot-scan-focus" items={focused} paint={paintFocus} />
    </>
  );
});

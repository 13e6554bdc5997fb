import React, { memo, useLayoutEffect, useRef } from 'react';
import type { ScanInk } from '../overlay/ink';
import type { Item, Layout } from '../overlay/layout';
import { paintFocus, paintScans, type Pen } from '../overlay/paintScans';
import type { PlotBox } from './Plot';

interface Props {
  readonly layout: Layout;
  readonly box: PlotBox;
  readonly ink: ScanInk;
  readonly font: string;
  readonly ratio: number;
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

interface SheetProps<T> extends Omit<Props, 'layout' | 'focus'> {
  readonly testId: string;
  readonly items: T | undefined;
  readonly paint: (pen: Pen, items: T, drawing: { ink: ScanInk; font: string }) => void;
}

function Sheet<T extends Item | readonly Item[]>({ testId, items, paint, box, ink, font, ratio }: SheetProps<T>) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { left, top, width, height } = box;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) {
      return;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    if (items !== undefined) {
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      paint(context, items, { ink, font });
    }
  }, [items, paint, ink, font, ratio, width, height]);
  return (
    <canvas
      ref={canvas}
      data-testid={testId}
      aria-hidden
      width={Math.round(width * ratio)}
      height={Math.round(height * ratio)}
      style={{ position: 'absolute', left, top, width, height, pointerEvents: 'none' }}
    />
  );
}

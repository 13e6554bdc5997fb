import React, { useLayoutEffect, useRef } from 'react';
import type { ScanInk } from '../overlay/ink';
import type { PlotBox } from './Plot';

/** Where a sheet lies and what it is painted with. */
export interface SheetLook {
  readonly box: PlotBox;
  readonly ink: ScanInk;
  readonly font: string;
  readonly ratio: number;
}

interface Props<T> extends SheetLook {
  readonly testId: string;
  /** Nothing to paint leaves the sheet clear. */
  readonly items: T | undefined;
  /** In CSS pixels; must stay the same function from one render to the next. */
  readonly paint: (context: CanvasRenderingContext2D, items: T, drawing: { ink: ScanInk; font: string }) => void;
}

/** A canvas of its own above the cells, painted anew when what it shows or its size changes. */
export function Sheet<T>({ testId, items, paint, box, ink, font, ratio }: Props<T>) {
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

import React, { memo, useLayoutEffect, useRef } from 'react';
import { paintMarks } from '../marks/paintMarks';
import type { ScanInk } from '../overlay/ink';
import type { Rect } from '../overlay/plane';
import type { PlotBox } from './Plot';

interface Props {
  readonly frames: readonly Rect[];
  readonly box: PlotBox;
  readonly ink: ScanInk;
  readonly ratio: number;
}

/** Marks of listed sources, on a canvas of their own between the cells and the findings. */
export const MarkCanvas = memo(function MarkCanvas({ frames, box, ink, ratio }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { left, top, width, height } = box;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) {
      return;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintMarks(context, frames, ink);
  }, [frames, ink, ratio, width, height]);
  return (
    <canvas
      ref={canvas}
      data-testid="fireplot-marks"
      aria-hidden
      width={Math.round(width * ratio)}
      height={Math.round(height * ratio)}
      style={{ position: 'absolute', left, top, width, height, pointerEvents: 'none' }}
    />
  );
});

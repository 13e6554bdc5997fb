import React, { memo, useLayoutEffect, useRef } from 'react';
import { paint, raster, wipe, type Raster } from '../paint';
import type { Drawn } from '../useView';
import type { PlotBox } from './Plot';

interface Props {
  readonly drawn: Drawn;
  readonly box: PlotBox;
  readonly label: string;
}

/** The cells, on a canvas of their own beneath uPlot's: legend, hover and crosshair never repaint them. */
export const CellCanvas = memo(function CellCanvas({ drawn, box, label }: Props) {
  const { picture, view, ink, scheme } = drawn;
  const { cells } = picture;
  const canvas = useRef<HTMLCanvasElement>(null);
  const kept = useRef<{ image: ImageData; raster: Raster } | null>(null);

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || view.width < 1 || view.height < 1) {
      return;
    }
    if (kept.current?.image.width !== view.width || kept.current.image.height !== view.height) {
      const image = context.createImageData(view.width, view.height);
      const pixels = new Uint32Array(image.data.buffer);
      kept.current = { image, raster: raster(view.width, view.height, pixels) };
    }
    const target = kept.current;
    wipe(target.raster);
    paint(cells, view, ink, target.raster);
    context.putImageData(target.image, 0, 0);
  }, [cells, view, ink]);

  return (
    <canvas
      ref={canvas}
      data-testid="fireplot-canvas"
      role="img"
      aria-label={label}
      width={view.width}
      height={view.height}
      style={{
        position: 'absolute',
        left: box.left,
        top: box.top,
        width: box.width,
        height: box.height,
        background: scheme.ground ?? undefined,
        pointerEvents: 'none',
      }}
    />
  );
});

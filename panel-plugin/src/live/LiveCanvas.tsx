import React, { memo, useLayoutEffect, useReducer, useRef } from 'react';
import type { DataFrame } from '@grafana/data';
import type { PlotBox } from '../components/Plot';
import type { Drawn } from '../useView';
import { glow, isStill } from './glow';
import type { LiveFeed } from './feed';
import { Ring, widthOf } from './ring';

interface Props {
  readonly drawn: Drawn;
  readonly feed: LiveFeed;
  /** Events since the feed's picture. */
  readonly log: DataFrame;
  readonly hidden: ReadonlySet<number>;
  readonly box: PlotBox;
  readonly label: string;
}

/** Canvases that may fade at a time: four pushes a second, each for a little longer than one. */
const FADING = [0, 1, 2, 3, 4];
/** Rows taken at a time: after a long pause all others wait for the next frame, so that the page stays quick. */
const MOST_ROWS = 20_000;
/** The scale of brightness may be off by so much, in octaves, before all is painted anew. */
const OFF = 0.5;

interface Painted {
  readonly feed: unknown;
  readonly generation: number;
  readonly ring: Ring;
  readonly image: ImageData;
  readonly ink: Drawn['ink'];
  readonly hidden: ReadonlySet<number>;
}

/**
 * The cells of a live picture. They are painted once on a canvas that is longer than the plot, which slides under it;
 * what comes is painted where it belongs, and all of it only when the canvas ends or the look changes.
 */
export const LiveCanvas = memo(function LiveCanvas({ drawn, feed, log, hidden, box, label }: Props) {
  const { view, ink, palette, scheme, ratio } = drawn;
  const canvas = useRef<HTMLCanvasElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const fading = useRef<Array<HTMLCanvasElement | null>>([]);
  const glows = useRef(0);
  const [turn, goOn] = useReducer((n: number) => n + 1, 0);
  const kept = useRef<Painted | null>(null);
  const slack = widthOf(view);

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !slider.current || view.width < 1 || view.height < 1) {
      return undefined;
    }
    const rest = feed.take(log, MOST_ROWS);
    const old = kept.current;
    const stays =
      old !== null &&
      old.feed === feed &&
      old.generation === feed.generation &&
      old.hidden === hidden &&
      old.ink.palette === ink.palette &&
      Math.abs(Math.log2(ink.level.full / old.ink.level.full)) < OFF &&
      old.ring.holds(view);
    if (stays) {
      const cells = feed.fresh();
      const stripe = old.ring.paint(cells, old.ink);
      if (stripe.width > 0) {
        context.putImageData(old.image, 0, 0, stripe.left, 0, stripe.width, view.height);
        const next = fading.current[glows.current++ % FADING.length];
        if (next && !isStill()) {
          glow(next, cells, old.ring.view, stripe, palette, ink.shown, ratio);
        }
      }
    } else {
      feed.forget(view.time.from);
      const image = context.createImageData(slack, view.height);
      const ring = new Ring(view, new Uint32Array(image.data.buffer));
      ring.paint(feed.grid.sorted(view.time.from), ink);
      context.putImageData(image, 0, 0);
      kept.current = { feed, generation: feed.generation, ring, image, ink, hidden };
    }
    const offset = kept.current?.ring.offset(view.time) ?? 0;
    slider.current.style.transform = `translateX(${-offset / ratio}px)`;
    slider.current.dataset.newest = String(feed.newest);
    if (!rest) {
      return undefined;
    }
    const timer = setTimeout(goOn);
    return () => clearTimeout(timer);
  }, [feed, log, turn, view, ink, palette, hidden, ratio, slack]);

  const size = { height: '100%', width: slack / ratio };
  return (
    <div
      style={{
        position: 'absolute',
        overflow: 'hidden',
        left: box.left,
        top: box.top,
        width: box.width,
        height: box.height,
        background: scheme.ground ?? undefined,
        pointerEvents: 'none',
      }}
    >
      <div ref={slider} data-testid="fireplot-live" style={{ position: 'absolute', left: 0, top: 0, ...size }}>
        <canvas
          ref={canvas}
          data-testid="fireplot-canvas"
          role="img"
          aria-label={label}
          width={slack}
          height={view.height}
          style={{ position: 'absolute', left: 0, top: 0, ...size }}
        />
        {FADING.map((i) => (
          <canvas
            key={i}
            ref={(element) => {
              fading.current[i] = element;
            }}
            aria-hidden
            width={1}
            height={1}
            style={{ position: 'absolute', top: 0, left: 0, width: 1, height: '100%', opacity: 0 }}
          />
        ))}
      </div>
    </div>
  );
});

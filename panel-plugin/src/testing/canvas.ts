/**
 * The test DOM has no canvas: this gives it one that remembers the last image put on it and draws nothing else.
 * What the panel looks like is tested in a browser; what it says and does, here.
 */
export function giveCanvas(): void {
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement) {
    return contextOf(this);
  } as unknown as HTMLCanvasElement['getContext'];
  globalThis.Path2D ??= class {
    readonly addPath = nothing;
    readonly moveTo = nothing;
    readonly lineTo = nothing;
    readonly rect = nothing;
  } as unknown as typeof Path2D;
}

/** How many pixels the canvas shows; undefined when no image was put on it. */
export function shownPixels(canvas: HTMLCanvasElement): number | undefined {
  const image = images.get(canvas);
  return image && new Uint32Array(image.data.buffer).reduce((sum, pixel) => sum + (pixel === 0 ? 0 : 1), 0);
}

const nothing = () => {};
const contexts = new WeakMap<HTMLCanvasElement, object>();
const images = new WeakMap<HTMLCanvasElement, { data: Uint8ClampedArray }>();

function contextOf(canvas: HTMLCanvasElement): object {
  let context = contexts.get(canvas);
  if (context === undefined) {
    const known: Record<PropertyKey, unknown> = {
      canvas,
      measureText: (text: string) => ({ width: text.length * 7 }),
      createImageData: (width: number, height: number) => ({
        width,
        height,
        data: new Uint8ClampedArray(width * height * 4),
      }),
      putImageData: (image: { data: Uint8ClampedArray }) => images.set(canvas, image),
    };
    context = new Proxy(known, {
      get: (target, key) => (key in target ? target[key] : nothing),
      set: (target, key, value) => {
        target[key] = value;
        return true;
      },
    });
    contexts.set(canvas, context);
  }
  return context;
}

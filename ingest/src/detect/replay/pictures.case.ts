import { HOUR, scanner, TARGETS } from './probe.case.js';
import type { Probe } from './probe.case.js';
import type { Random } from './random.case.js';
import type { Replay } from './scans.case.js';

/** Pictures as rows of text, the highest port first; a cell is one knock. */
const WORD = [
  '#...#...###...####.#...#',
  '#...#..#...#.#.....#..#.',
  '#...#.#....#.#.....#.#..',
  '#####.######.#.....##...',
  '#...#.#....#.#.....#.#..',
  '#...#.#....#.#.....#..#.',
  '#...#.#....#..####.#...#',
];
const GHOST = [
  '....######....',
  '..##########..',
  '.############.',
  '.##..####..##.',
  '##....##....##',
  '##....##....##',
  '##############',
  '##############',
  '##############',
  '##.###..###.##',
  '#...##..##...#',
];
const CIRCLE = Array.from({ length: 21 }, (_, y) =>
  Array.from({ length: 21 }, (_, x) => (Math.abs(Math.hypot(x - 10, y - 10) - 9.5) < 0.7 ? '#' : '.')).join('')
);

/** Every cell is drawn finer than the coarsest grid, so that strokes hold together. */
function drawn(
  picture: readonly string[],
  random: Random,
  start: number,
  hours: number,
  sources: readonly string[]
): Probe[] {
  const width = picture[0]?.length ?? 1;
  const target = random.pick(TARGETS);
  const [lowest, highest] = [5, 15.5];
  const row = (highest - lowest) / picture.length;
  const column = (hours * HOUR) / width;
  const fine = 4;
  return picture.flatMap((line, y) =>
    [...line].flatMap((mark, x) =>
      mark !== '#'
        ? []
        : Array.from({ length: fine * 3 }, (_, i) => ({
            at: start + (x + ((i % fine) + random.next()) / fine) * column,
            source: random.pick(sources),
            target,
            port: Math.round(2 ** (highest - (y + (Math.floor(i / fine) + random.next()) / 3) * row)),
          }))
    )
  );
}

/** @returns a picture by one or several hands; its label is `painted` */
export function picture(random: Random, day: number, first: number): Replay {
  const what = random.pick(['word', 'ghost', 'circle'] as const);
  const hands = random.pick([1, 2, 12]);
  const sources = Array.from({ length: hands }, (_, i) => scanner(first + i));
  const start = day + random.between(3, 18) * HOUR;
  const shape = { word: WORD, ghost: GHOST, circle: CIRCLE }[what];
  const probes = drawn(shape, random, start, random.between(1, 2.6), sources);
  return { name: `${what} by ${hands}`, probes, label: { kind: 'painted', sources } };
}

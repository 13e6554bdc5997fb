import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventParser } from './sse';

const stream = 'event: status\ndata: "subscribed"\n\n: a comment\n\ndata: 1\ndata: 2\n\nevent: ping\ndata: 0\n\n';
const events = [
  { name: 'status', data: '"subscribed"' },
  { name: 'message', data: '1\n2' },
  { name: 'ping', data: '0' },
];

describe('EventParser', () => {
  it('reads the same events wherever the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 8 }), (cuts) => {
        const parser = new EventParser();
        const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const parts = places.slice(1).map((end, i) => stream.slice(places[i], end));
        expect(parts.flatMap((part) => parser.push(part))).toEqual(events);
      }),
      { seed: 3 }
    );
  });

  it('keeps an event back until it is whole', () => {
    const parser = new EventParser();
    expect(parser.push('data: 1\n')).toEqual([]);
    expect(parser.push('\n')).toEqual([{ name: 'message', data: '1' }]);
  });
});

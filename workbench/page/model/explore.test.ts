import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exploreUrl, parsePanes } from './explore';

const search = (url: string) => url.slice(url.indexOf('?'));
const panes = (value: unknown) => `?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify(value))}`;

describe('parsePanes', () => {
  it('reads back what exploreUrl writes', () => {
    const query = fc.record({
      refId: fc.stringMatching(/^[A-Z]{1,2}$/),
      rawSql: fc.string(),
      filters: fc.array(fc.jsonValue()),
    });
    const time = fc.oneof(fc.constant('now-1h'), fc.constant('1795305600000'));
    fc.assert(
      fc.property(fc.string(), fc.array(query), time, time, (datasource, queries, from, to) => {
        const pane = JSON.parse(JSON.stringify({ datasource, queries, from, to }));
        expect(parsePanes(search(exploreUrl(pane)))).toEqual(pane);
      }),
      { seed: 7 }
    );
  });

  it('takes the first of two panes, numbers as times, and gives queries a refId', () => {
    const pane = {
      datasource: 'fireplot',
      queries: [{ queryType: 'events' }],
      range: { from: 1795305600000, to: 'now' },
    };
    expect(parsePanes(panes({ left: pane, right: { datasource: 'other' } }))).toEqual({
      datasource: 'fireplot',
      queries: [{ queryType: 'events', refId: 'A' }],
      from: '1795305600000',
      to: 'now',
    });
  });

  it('fills in what a pane lacks', () => {
    expect(parsePanes(panes({ a: {} }))).toEqual({ datasource: '', queries: [], from: 'now-1h', to: 'now' });
  });

  it('is null where there is no pane to read', () => {
    for (const address of ['', '?panes=', '?panes={', '?panes=[]', panes(null), panes({}), panes({ a: 3 })]) {
      expect(parsePanes(address)).toBeNull();
    }
  });
});

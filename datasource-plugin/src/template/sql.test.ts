import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dashboardWith } from '../testing/dashboard';
import { interpolateSql } from './sql';
import { sqlSpans } from './sqlLexer';
import { readVariables } from './variables';

const dashboard = dashboardWith({
  src: { kind: 'choice', value: ['192.0.2.1', '192.0.2.2'] },
  one: { kind: 'choice', value: ['22'] },
  port: { kind: 'text', value: '443' },
  evil: { kind: 'text', value: "x'); DROP TABLE events --" },
  slash: { kind: 'text', value: "\\' OR 1=1 --" },
  column: { kind: 'choice', value: 'dst_port', several: false },
  step: { kind: 'interval', value: '5m' },
  every: { kind: 'choice', value: ['$__all'], options: ['a', 'b'] },
  everything: { kind: 'choice', value: ['$__all'], options: ['a', 'b'], allValue: 'SELECT rule FROM events' },
  none: { kind: 'choice', value: [] },
  leave: { kind: 'text', value: '*/ SELECT 2 /*\nSELECT 3' },
});
const sql = (text: string) => interpolateSql(text, readVariables(dashboard));

describe('interpolateSql, bare', () => {
  it.each([
    ['several values become a list of literals', 'IN ($src)', "IN ('192.0.2.1', '192.0.2.2')"],
    ['one value of a choice of several stays a literal', 'IN ($one)', "IN ('22')"],
    ['a number typed in stays a number', 'dst_port = $port LIMIT ${port}', 'dst_port = 443 LIMIT 443'],
    ['an interval stays one', '$__timeGroup(time, $step)', '$__timeGroup(time, 5m)'],
    ['a text becomes a literal that it cannot end', 'rule = $evil', "rule = 'x\\'); DROP TABLE events --'"],
    ['a backslash cannot eat the closing quote', 'rule = $slash', "rule = '\\\\\\' OR 1=1 --'"],
    ['All is the list of its options', 'IN ($every)', "IN ('a', 'b')"],
    ['All with a text of its author is that text', 'IN ($everything)', 'IN (SELECT rule FROM events)'],
    ['no value finds nothing, and is valid', 'IN ($none)', "IN ('')"],
    ['the older way to write a variable works', 'IN ([[src]])', "IN ('192.0.2.1', '192.0.2.2')"],
    ['raw is what was asked for', 'GROUP BY ${column:raw}', 'GROUP BY dst_port'],
    [
      'quoting formats quote for ClickHouse',
      '= ${slash:singlequote} = ${slash:sqlstring}',
      "= '\\\\\\' OR 1=1 --' = '\\\\\\' OR 1=1 --'",
    ],
    ['a format with double quotes gives identifiers', 'SELECT ${column:doublequote}', 'SELECT "dst_port"'],
  ])('%s', (_, given, expected) => {
    expect(sql(given)).toBe(expected);
  });

  it.each(['$__timeFilter(time)', '${__timeFilter}', '$nobody', "'$nobody'", '$1', 'a$', '$__adHocFilters'])(
    'leaves %s, which is no variable, to the backend',
    (text) => {
      expect(sql(text)).toBe(text);
    }
  );
});

describe("interpolateSql, Grafana's own variables", () => {
  const scoped = { __interval: { text: '1m', value: '1m' }, __from: { text: '5', value: '5' } };
  const withOwn = (text: string) => interpolateSql(text, readVariables(dashboard, scoped));

  it('are left to the backend where they are macros', () => {
    expect(withOwn('$__timeGroup(time, $__interval) > ${__from}')).toBe('$__timeGroup(time, $__interval) > ${__from}');
  });

  it('are put in where they are not: between quotes, and with a format', () => {
    expect(withOwn("'$__interval' ${__from:raw}")).toBe("'1m' 5");
  });
});

describe('interpolateSql, between quotes', () => {
  it.each([
    ['a value is escaped for its literal', "rule = '$evil'", "rule = 'x\\'); DROP TABLE events --'"],
    ['several values become several literals', "IN ('$src')", "IN ('192.0.2.1','192.0.2.2')"],
    ['a pattern keeps its text', "LIKE '%$port%'", "LIKE '%443%'"],
    [
      'an identifier is escaped for its quotes',
      'GROUP BY "$column", `$evil`',
      'GROUP BY "dst_port", `x\'); DROP TABLE events --`',
    ],
    [
      'another format is escaped too',
      "match(rule, '${slash:percentencode}')",
      "match(rule, '%5C%27%20OR%201%3D1%20--')",
    ],
    ['a doubled quote does not end the literal', "'it''s $port'", "'it''s 443'"],
    ['an escaped quote does not end it', "'it\\'s $slash'", "'it\\'s \\\\\\' OR 1=1 --'"],
    ['a comment cannot be left', '/* $leave */ 1', '/* * / SELECT 2 /* SELECT 3 */ 1'],
    ['nor one that ends with its line', '-- $leave\n1', '-- * / SELECT 2 /* SELECT 3\n1'],
  ])('%s', (_, given, expected) => {
    expect(sql(given)).toBe(expected);
  });
});

describe('interpolateSql, $__conditionalAll', () => {
  it('tells All by a word, so that the backend can drop the condition', () => {
    expect(sql('WHERE $__conditionalAll(sensor IN ($every), $every)')).toBe(
      "WHERE $__conditionalAll(sensor IN ('a', 'b'), $__all)"
    );
  });

  it.each([
    ['a value otherwise, never a list: it has two arguments', '$src', "'192.0.2.1'"],
    ['the same between quotes', "'$src'", "'192.0.2.1'"],
    ['the word between quotes too', "'$every'", "'$__all'"],
    ['the word where All has a text of its own', '$everything', '$__all'],
    ['nothing where nothing is chosen', '$none', "''"],
  ])('gets %s', (_, given, expected) => {
    expect(sql(`$__conditionalAll(has(['),('], src) AND x, ${given} )`)).toBe(
      `$__conditionalAll(has(['),('], src) AND x, ${expected} )`
    );
  });

  it('is not taken for another call that ends the same', () => {
    expect(sql('in(sensor, $every)')).toBe("in(sensor, 'a', 'b')");
  });
});

describe('interpolateSql, any value', () => {
  const places = [
    'SELECT $v AS x',
    "SELECT '$v' AS x",
    'SELECT "$v" AS x',
    'SELECT `$v` AS x',
    'SELECT 1 -- $v\nAS x',
    'SELECT /* $v */ AS x',
  ];
  /** The spans of a statement, and the code between them. */
  const shape = (text: string) => {
    let from = 0;
    return sqlSpans(text)
      .flatMap((span) => {
        const code = text.slice(from, span.from);
        from = span.to;
        return [code, span.place];
      })
      .concat(text.slice(from));
  };

  it('never changes where quotes and comments begin and end', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.string({ unit: 'binary' }), (text, value) => {
        const answer = interpolateSql(text, readVariables(dashboardWith({ v: { kind: 'text', value } })));
        const bare = text === places[0];
        const number = /^-?\d+(\.\d+)?$/.test(value);
        const expected = bare ? (number ? [`SELECT ${value} AS x`] : ['SELECT ', 'string', ' AS x']) : shape(text);
        expect(shape(answer)).toEqual(expected);
      }),
      { seed: 20_261_122, numRuns: 300 }
    );
  });
});

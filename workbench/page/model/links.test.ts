import { describe, expect, it } from 'vitest';
import { linkUrl, safeUrl } from './links';

const carried = {
  from: 'now-1h',
  to: 'now',
  timezone: 'utc',
  variables: { 'var-sensor': ['a', 'b&c'], 'var-port_from': [''] },
};

describe('linkUrl', () => {
  it('carries time range and variables when asked to', () => {
    const link = { keepTime: true, includeVars: true };
    expect(linkUrl('/d/x/y', link, carried)).toBe(
      '/d/x/y?from=now-1h&to=now&timezone=utc&var-sensor=a&var-sensor=b%26c&var-port_from='
    );
  });

  it('keeps what the address has, and replaces a variable it names', () => {
    const link = { keepTime: false, includeVars: true };
    expect(linkUrl('/d/x?a=1&var-sensor=old', link, carried)).toBe(
      '/d/x?a=1&var-sensor=a&var-sensor=b%26c&var-port_from='
    );
  });

  it('carries nothing unasked', () => {
    expect(linkUrl('/d/x', { keepTime: false, includeVars: false }, carried)).toBe('/d/x');
  });
});

describe('safeUrl', () => {
  it.each(['https://example.org/x', 'http://localhost', '/d/x', ' /d/x '])('takes %s', (url) => {
    expect(safeUrl(url)).toBe(url.trim());
  });

  it.each(['javascript:alert(1)', ' JavaScript:alert(1)', 'data:text/html,x', '//evil.example', 'd/x', ''])(
    'refuses %j',
    (url) => {
      expect(safeUrl(url)).toBeNull();
    }
  );
});

import { describe, expect, it } from 'vitest';
import { goSentence, isInstalled, nodeSentence } from './tools.mjs';

describe('a Node that is too old gets one sentence', () => {
  it.each(['18.20.4', '20.18.3', '9.11.2'])('%s is refused, with its version and what to do', (version) => {
    const sentence = nodeSentence(version);
    expect(sentence).toContain(version);
    expect(sentence).toContain('install a current Node');
    expect(sentence).not.toContain('\n');
  });

  it.each(['20.19.0', '20.20.2', '22.12.0', '24.1.0'])('%s is accepted', (version) => {
    expect(nodeSentence(version)).toBeNull();
  });
});

describe('a missing or old Go gets one sentence', () => {
  it('no go command', () => {
    expect(goSentence(null)).toMatch(/no "go" command was found: install Go 1\.26/);
  });

  it('go 1.21', () => {
    expect(goSentence('go version go1.21.5 linux/amd64\n')).toContain('go1.21.5');
  });

  it.each(['go version go1.26.0 linux/amd64', 'go version go1.27.1 darwin/arm64'])('%s is accepted', (output) => {
    expect(goSentence(output)).toBeNull();
  });
});

describe('what is installed is held against the lockfile', () => {
  const wanted = {
    packages: {
      '': { version: '0.1.0' },
      ingest: { version: '0.1.0' },
      'node_modules/@fireplot/ingest': { link: true },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/engine-for-another-platform': { version: '2.0.0', optional: true },
    },
  };

  it('all there, another platform’s engine left out: installed', () => {
    expect(isInstalled(wanted, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
  });

  it.each([
    ['nothing installed', null],
    ['a package missing', { packages: {} }],
    ['another version', { packages: { 'node_modules/a': { version: '1.0.1' } } }],
    [
      'another version of an optional one',
      {
        packages: {
          'node_modules/a': { version: '1.0.0' },
          'node_modules/engine-for-another-platform': { version: '3.0.0' },
        },
      },
    ],
  ])('%s: not installed', (_, installed) => {
    expect(isInstalled(wanted, installed)).toBe(false);
  });
});

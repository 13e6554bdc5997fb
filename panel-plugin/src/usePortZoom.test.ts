import type { DataQueryRequest } from '@grafana/data';
import { locationService, setTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { portOf, usePortZoom } from './usePortZoom';

afterEach(cleanup);
beforeEach(() => locationService.push('/d/x'));

/** The dashboard's variables, kept in step with the URL as Grafana does. */
function dashboard(names: string[]) {
  const replace = (text = '') =>
    text.replace(/\$\{(\w+)\}/g, (whole, name: string) => {
      const value = locationService.getSearch().get(`var-${name}`);
      return names.includes(name) ? (value ?? '') : whole;
    });
  setTemplateSrv({ getVariables: () => names.map((name) => ({ name })), replace } as unknown as TemplateSrv);
  return replace;
}

function open(names: string[], target: object = {}, strip = false) {
  const replace = dashboard(names);
  const request = { targets: [{ refId: 'A', ...target }], scopedVars: {} } as unknown as DataQueryRequest;
  return renderHook(() => usePortZoom(request, replace, strip)).result;
}

const range = ({ current }: ReturnType<typeof open>) => [current.ports.from, current.ports.to, current.label];

describe('usePortZoom without variables', () => {
  it('magnifies what is loaded, says so, and lets go of it', () => {
    const result = open([]);
    expect(range(result)).toEqual([1, 65536, undefined]);
    act(() => result.current.zoom(1000, 2001));
    expect(range(result)).toEqual([1000, 2001, 'ports 1000 – 2000']);
    act(() => result.current.reset());
    expect(range(result)).toEqual([1, 65536, undefined]);
    expect(locationService.getSearch().toString()).toBe('');
  });

  it('shows the strip below port 1 when asked to', () => {
    expect(range(open([], {}, true))).toEqual([0, 65536, undefined]);
  });

  it('follows a range that is written into the query', () => {
    expect(range(open([], { portFrom: '1024', portTo: '49151' }, true))).toEqual([1024, 49152, undefined]);
    expect(range(open([], { portFrom: '', portTo: 'all' }))).toEqual([1, 65536, undefined]);
    expect(range(open([], { portFrom: 1024 }))).toEqual([1, 65536, undefined]);
  });
});

describe('usePortZoom with variables', () => {
  const NAMES = ['port_from', 'port_to'];

  it('sets them, so that the query gets finer, and clears them again', () => {
    const result = open(NAMES);
    act(() => result.current.zoom(1000, 2001));
    expect(locationService.getSearch().get('var-port_from')).toBe('1000');
    expect(locationService.getSearch().get('var-port_to')).toBe('2000');
    expect(range(result)).toEqual([1000, 2001, 'ports 1000 – 2000']);
    act(() => result.current.reset());
    expect(locationService.getSearch().get('var-port_from')).toBe('');
    expect(range(result)).toEqual([1, 65536, undefined]);
  });

  it('leaves an end open that the zoom reaches', () => {
    const result = open(NAMES);
    act(() => result.current.zoom(0, 500));
    expect(locationService.getSearch().get('var-port_from')).toBe('');
    act(() => result.current.zoom(500, 65536));
    expect(locationService.getSearch().get('var-port_to')).toBe('');
  });

  it('needs both of them', () => {
    const result = open(['port_from']);
    act(() => result.current.zoom(1000, 2001));
    expect(locationService.getSearch().toString()).toBe('');
    expect(range(result)).toEqual([1000, 2001, 'ports 1000 – 2000']);
  });
});

describe('portOf', () => {
  it.each([
    ['22', 22],
    ['0', 0],
    [' 65535 ', 65535],
  ])('reads %j', (text, port) => expect(portOf(text)).toBe(port));

  it.each(['', ' ', '65536', '-1', '1.5', 'ssh', '${port_from}', '22 OR 1=1', 22, null, undefined])(
    'refuses %j',
    (text) => expect(portOf(text)).toBeUndefined()
  );
});

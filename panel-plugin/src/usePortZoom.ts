import { useCallback, useMemo, useReducer, useState } from 'react';
import type { DataQueryRequest, InterpolateFunction } from '@grafana/data';
import { getTemplateSrv, locationService } from '@grafana/runtime';
import { PORTS_END } from './cells';
import { portScale, type PortScale } from './scale/port';

export interface PortZoom {
  readonly ports: PortScale;
  /** The range in words while it is narrower than the query's own; undefined otherwise. */
  readonly label: string | undefined;
  /** @param to exclusive */
  readonly zoom: (from: number, to: number) => void;
  readonly reset: () => void;
}

/** Variables that carry a port range to the query, when the dashboard has them. */
const FROM = 'port_from';
const TO = 'port_to';

/**
 * The port range in view. A zoom sets the dashboard's variables `port_from` and `port_to`, so that the query gets
 * finer with it; without them it magnifies what is loaded. The panel's options are never touched.
 * @param strip whether to show the row below port 1 when the whole range is in view
 */
export function usePortZoom(
  request: DataQueryRequest | undefined,
  replaceVariables: InterpolateFunction,
  strip: boolean
): PortZoom {
  const [local, setLocal] = useState<{ from: number; to: number } | null>(null);
  // A panel whose query uses no variable is not drawn again when one changes.
  const [, changed] = useReducer((count: number) => count + 1, 0);
  const byVariables = hasVariables();
  const read = (name: string) => (byVariables ? portOf(replaceVariables(`\${${name}}`)) : undefined);
  const from = read(FROM) ?? targetPort(request, 'portFrom', replaceVariables);
  const last = read(TO) ?? targetPort(request, 'portTo', replaceVariables);
  const low = local?.from ?? (from !== undefined && from > 1 ? from : strip ? 0 : 1);
  const high = local?.to ?? (last !== undefined ? last + 1 : PORTS_END);
  const ports = useMemo(() => portScale(low, high), [low, high]);
  const zoomedByVariables = byVariables && (read(FROM) ?? 1) + (PORTS_END - 1 - (read(TO) ?? PORTS_END - 1)) > 1;

  const zoom = useCallback(
    (start: number, end: number) => {
      if (byVariables) {
        setVariables(start <= 1 ? '' : String(start), end >= PORTS_END ? '' : String(end - 1));
        changed();
      } else {
        setLocal({ from: start, to: end });
      }
    },
    [byVariables]
  );
  const reset = useCallback(() => {
    setLocal(null);
    if (zoomedByVariables) {
      setVariables('', '');
      changed();
    }
  }, [zoomedByVariables]);

  const label = local || zoomedByVariables ? `ports ${Math.max(ports.from, 1)} – ${ports.to - 1}` : undefined;
  return { ports, label, zoom, reset };
}

function hasVariables(): boolean {
  const names = getTemplateSrv()
    .getVariables()
    .map((variable) => variable.name);
  return names.includes(FROM) && names.includes(TO);
}

function setVariables(from: string, to: string): void {
  locationService.partial({ [`var-${FROM}`]: from, [`var-${TO}`]: to }, true);
}

/** A whole port from a variable or query; undefined for '', text, and what no variable replaced. */
export function portOf(text: unknown): number | undefined {
  const port = typeof text === 'string' && text.trim() !== '' ? Number(text) : NaN;
  return Number.isInteger(port) && port >= 0 && port < PORTS_END ? port : undefined;
}

function targetPort(
  request: DataQueryRequest | undefined,
  key: 'portFrom' | 'portTo',
  replaceVariables: InterpolateFunction
): number | undefined {
  const target: object | undefined = request?.targets[0];
  const value: unknown = target && key in target ? Reflect.get(target, key) : undefined;
  return typeof value === 'string' ? portOf(replaceVariables(value, request?.scopedVars)) : undefined;
}

/** Readers for JSON of unknown shape: what is not of the wanted kind becomes the fallback. */
export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const object = (value: unknown): Json => (isObject(value) ? value : {});
export const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
export const text = (value: unknown, fallback = ''): string => (typeof value === 'string' ? value : fallback);
export const flag = (value: unknown): boolean => value === true;

export function number(value: unknown, fallback: number): number;
export function number(value: unknown): number | undefined;
export function number(value: unknown, fallback?: number): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}

export const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

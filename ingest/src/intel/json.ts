/** JSON that others wrote, read without trust. */
export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects of an array; none when it is no array. */
export const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** The texts of an array; none when it is no array. */
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * The values of a document: one JSON value, or one a line.
 * @throws SyntaxError when it is neither
 */
export function readJson(text: string): unknown[] {
  const trimmed = text.trim();
  try {
    return [JSON.parse(trimmed) as unknown];
  } catch (error) {
    const lines = trimmed.split('\n').filter((line) => line.trim() !== '');
    // Of a document that goes over many lines the first is no value of its own.
    if (lines.length < 2 || !/^[{[].*[}\]],?\s*$/.test(lines[0] ?? '')) throw error;
    return lines.map((line) => JSON.parse(line) as unknown);
  }
}

import { describe, expect, it } from 'vitest';
import { readTheme } from './theme';

function storage(value: string | null = null) {
  const held = { value };
  return {
    held,
    getItem: () => held.value,
    setItem: (_: string, next: string) => void (held.value = next),
  };
}

describe('readTheme', () => {
  it('is dark unless the address or the memory says light', () => {
    expect(readTheme('', storage())).toBe('dark');
    expect(readTheme('?theme=purple', storage())).toBe('dark');
    expect(readTheme('', storage('light'))).toBe('light');
  });

  it('follows the address and remembers it', () => {
    const memory = storage('light');
    expect(readTheme('?theme=dark', memory)).toBe('dark');
    expect(memory.held.value).toBe('dark');
  });

  it('does without a memory where the browser gives none', () => {
    const refuse = () => {
      throw new Error('denied');
    };
    const none = { getItem: refuse, setItem: refuse };
    expect(readTheme('?theme=light', none)).toBe('light');
    expect(readTheme('', none)).toBe('dark');
  });
});

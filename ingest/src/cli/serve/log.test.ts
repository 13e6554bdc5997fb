import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { openLog } from './log.js';

/** What a log in this format writes. */
async function written(
  format: 'json' | 'pretty',
  level: string,
  say: (log: ReturnType<typeof openLog>) => void
): Promise<string> {
  let text = '';
  const stderr = new Writable({
    write(chunk: Buffer, _, done) {
      text += chunk.toString();
      done();
    },
  });
  const log = openLog(stderr, level, format);
  say(log);
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the log was not written')), 20_000);
    const look = (): void => {
      if (text === '') return void setTimeout(look, 5);
      clearTimeout(late);
      resolve();
    };
    look();
  });
  return text;
}

const HOSTILE = 'name\u001b[31m\r\n{"level":"error"}\u0007';

describe('log lines', () => {
  test('are JSON, one object a line, with level, time and what belongs to them', async () => {
    const text = await written('json', 'info', (log) => {
      log.info({ sender: '192.0.2.7' }, 'We got the first line.');
      log.warn('Second.');
    });
    const lines = text.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        sender: '192.0.2.7',
        msg: 'We got the first line.',
      },
      { level: 'warn', time: expect.any(String), msg: 'Second.' },
    ]);
  });

  test('are for a person when asked to be, without colours, so that a journal can hold them', async () => {
    const text = await written('pretty', 'info', (log) => log.warn('The store is away.'));
    expect(text).toMatch(/^\[\d\d:\d\d:\d\d\] WARN: The store is away\.\n$/);
  });

  test.each(['json', 'pretty'] as const)('in %s hold no line end or escape that a sender chose', async (format) => {
    const text = await written(format, 'info', (log) => log.info(`from ${HOSTILE}`));
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(text.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f]/);
  });

  test('below the level are not written', async () => {
    const text = await written('json', 'warn', (log) => {
      log.info('quiet');
      log.error('loud');
    });
    expect(text).not.toContain('quiet');
    expect(text).toContain('loud');
  });
});

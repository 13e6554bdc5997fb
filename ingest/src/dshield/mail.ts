import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { UserError } from '../config/error.js';

/** Lines of one message. */
export const MOST_LINES = 20_000;

/** Where submissions go, and from whom. */
export interface Envelope {
  readonly from: string;
  readonly to: string;
  /** Number at DShield. */
  readonly author: string;
  readonly version: string;
}

/** A submission as a message: DShield reads format, author and zone off its subject. */
export function message({ from, to, author, version }: Envelope, lines: readonly string[]): string {
  const subject = `FORMAT DSHIELD USERID ${author} TZ +00:00 Fireplot ${version}`;
  const head = [`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, 'MIME-Version: 1.0', 'Content-Type: text/plain'];
  return `${[...head, '', ...lines].join('\n')}\n`;
}

/**
 * Hands a message to this machine's mail system, by the program that every one of them brings.
 * @param program its path
 * @throws UserError when there is none, or it refuses
 */
export async function send(program: string, { from, to }: Envelope, text: string): Promise<void> {
  const child = spawn(program, ['-i', '-f', from, '--', to], { stdio: ['pipe', 'ignore', 'pipe'] });
  const words: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => {
    if (words.length < 16) words.push(chunk);
  });
  // A program that ends early closes the pipe; how it ended says why.
  child.stdin.on('error', () => {});
  child.stdin.end(text);
  let code: unknown;
  try {
    [code] = (await once(child, 'close')) as [unknown];
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new UserError(
      `${program} cannot be run (${why}): install a mail system, or name its sendmail by dshield.sendmail.`,
      { cause }
    );
  }
  if (code === 0) return;
  const said = Buffer.concat(words).toString().trim().split('\n')[0] ?? '';
  throw new UserError(
    `${program} did not take the message (${String(code)}${said === '' ? '' : `: ${said}`}): nothing of it was sent.`
  );
}

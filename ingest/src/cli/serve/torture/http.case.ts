import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { Place } from '../../../read/thread/messages.js';
import { Numbered } from './lines.case.js';
import { judgeAnswered, Pace, pause, TICK_MS } from './sender.case.js';
import type { TortureSender } from './sender.case.js';

const TRY_AGAIN_MS = 50;

/** Posts lines, and posts them again under the same key until they are answered. */
export class HttpSender implements TortureSender {
  readonly name = 'http';
  readonly source: string;
  readonly #lines: Numbered;
  readonly #pace: Pace;
  readonly #done: Promise<void>;
  #url = '';
  #finishing = false;
  #stopped = false;

  constructor(source: string, perSecond: number) {
    this.source = source;
    this.#lines = new Numbered(source);
    this.#pace = new Pace(perSecond);
    this.#done = this.#run();
  }

  get sent(): number {
    return this.#lines.next;
  }

  up(places: readonly Place[]): void {
    this.#url = places.find(({ name }) => name === 'http')?.place ?? '';
  }

  down(): void {
    this.#url = '';
  }

  finish(): Promise<void> {
    this.#finishing = true;
    return this.#done;
  }

  stop(): void {
    this.#finishing = true;
    this.#stopped = true;
  }

  judge(stored: readonly number[]): string[] {
    return judgeAnswered(this.name, this.sent, stored);
  }

  unread(): number {
    return 0;
  }

  async #run(): Promise<void> {
    while (!this.#finishing) {
      const due = this.#url === '' ? 0 : this.#pace.due();
      if (due > 0) await this.#insist(`${this.#lines.lines(due).join('\n')}\n`);
      await pause(TICK_MS);
    }
  }

  async #insist(body: string): Promise<void> {
    const key = randomUUID();
    while (!this.#stopped && (this.#url === '' || !(await post(this.#url, key, body)))) await pause(TRY_AGAIN_MS);
  }
}

/** Whether it was answered by 200; anything that may pass is not. @throws Error for what would never pass */
function post(url: string, key: string, body: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'text/plain', 'Idempotency-Key': key };
    const request = http.request(url, { method: 'POST', headers, agent: false }, (response) => {
      const status = response.statusCode ?? 0;
      response.resume();
      response.on('error', () => resolve(false));
      response.on('close', () => {
        if (status >= 400 && status < 500 && ![409, 429].includes(status)) reject(new Error(`HTTP says ${status}`));
        else resolve(status === 200 && response.complete);
      });
    });
    request.on('error', () => resolve(false));
    request.end(body);
  });
}

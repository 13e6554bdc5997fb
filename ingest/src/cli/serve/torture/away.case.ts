import { once } from 'node:events';
import net from 'node:net';
import { Numbered } from './lines.case.js';
import { Pace, pause, TICK_MS } from './sender.case.js';
import type { Found } from './world.case.js';
import { GatedService } from './world.case.js';

export interface AwayOptions {
  readonly folder: string;
  /** How long the store is away. */
  readonly seconds: number;
  readonly perSecond: number;
  readonly say?: (sentence: string) => void;
}

export interface AwayResult extends Found {
  readonly sent: number;
  readonly stored: number;
  /** Bytes of the spool when the store came back, and most memory of the service. */
  readonly spool: number;
  readonly memory: number;
}

/** The store goes while lines come by plain syslog, stays away, and comes back: all lines are there, once. */
export async function awayStore({ folder, seconds, perSecond, say = () => {} }: AwayOptions): Promise<AwayResult> {
  const service = await GatedService.start(folder, []);
  try {
    service.gate.open = true;
    const socket = net.connect(await service.syslog(), '127.0.0.1');
    await once(socket, 'connect');
    const lines = new Numbered('198.51.100.1');
    const send = async (ms: number): Promise<void> => {
      const pace = new Pace(perSecond);
      for (const end = performance.now() + ms; performance.now() < end; await pause(TICK_MS)) {
        const due = pace.due();
        if (due > 0 && !socket.write(`${lines.lines(due).join('\n')}\n`)) await once(socket, 'drain');
      }
    };
    await send(1_000);
    await service.front.ready();
    service.gate.shut();
    say(`the store is away for ${seconds} s`);
    await send(seconds * 1_000);
    await service.front.until(
      async () => (await service.metric('fireplot_lines_spooled_total{input="tcp"}')) === lines.next
    );
    const spool = await service.metric('fireplot_spool_bytes');
    service.gate.open = true;
    say('the store is back');
    await send(1_000);
    await new Promise<void>((resolve) => socket.end(resolve));
    await service.front.until(async () => (await service.counts()).lines >= lines.next);
    const memory = service.memory();
    service.front.kill();
    const code = await service.front.ended();
    const { lines: stored, different } = await service.counts();
    const wrong: string[] = [];
    if (code !== 0) wrong.push(`the service ended with ${code}: ${service.front.stderr}`);
    if (different !== lines.next) wrong.push(`${lines.next - different} of ${lines.next} lines are lost`);
    if (stored !== different) wrong.push(`${stored - different} lines are there twice`);
    return { wrong, sent: lines.next, stored, spool, memory };
  } finally {
    await service.end();
  }
}

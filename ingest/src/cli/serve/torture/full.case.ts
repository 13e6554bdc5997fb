import { execFileSync, spawnSync } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import { Numbered } from './lines.case.js';
import { pause } from './sender.case.js';
import type { Found } from './world.case.js';
import { GatedService } from './world.case.js';

/** Bash and prlimit stand in for a full disk: a process that may write no file longer than so many KiB. */
const LIMIT_KIB = 400;

/** Whether this machine can play a full disk. */
export const canLimitFiles = (): boolean =>
  ['bash', 'prlimit'].every((program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0);

export interface FullResult extends Found {
  readonly sent: number;
  readonly stored: number;
  /** Lines that UDP lost meanwhile, as the service counts them. */
  readonly dropped: number;
}

/**
 * The spool cannot be written any more while lines come: senders wait, UDP lines are dropped and counted, requests are
 * told to come again; when there is room again all goes on, and nothing that was not counted is missing.
 */
export async function fullDisk({ folder }: { readonly folder: string }): Promise<FullResult> {
  const service = await GatedService.start(
    folder,
    ['--http-input', '127.0.0.1:0'],
    ['bash', '-c', `ulimit -S -f ${LIMIT_KIB} && exec "$@"`, 'bash']
  );
  const wrong: string[] = [];
  const held = async (): Promise<boolean> => (await service.metric('fireplot_spool_held')) === 1;
  try {
    const port = await service.syslog();
    const lines = new Numbered('198.51.100.1');
    const socket = net.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    await service.front.until(async () => {
      if (socket.writableLength === 0) socket.write(`${lines.lines(100).join('\n')}\n`);
      return held();
    });
    if (!/cannot write to the spool: EFBIG/.test(service.front.stderr)) wrong.push('nobody said that the disk is full');
    const url = /Taking lines by http: (\S+)\./.exec(service.front.stderr)?.[1] ?? '';
    const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: 'a line\n' });
    if (answer.status !== 429) wrong.push(`HTTP was answered ${answer.status} while the disk was full`);
    await sendUdp(port, new Numbered('198.51.100.2').lines(10));
    const dropped = 'fireplot_lines_dropped_total{cause="spool"}';
    await service.front.until(async () => (await service.metric(dropped)) === 10);
    // What the kernel and the sender hold is sent on when there is room.
    socket.write(`${lines.lines(2_000).join('\n')}\n`);
    await pause(1_200);
    execFileSync('prlimit', [`--pid=${service.front.child.pid}`, '--fsize=unlimited:unlimited']);
    await service.front.until(async () => !(await held()));
    service.gate.open = true;
    await new Promise<void>((resolve) => socket.end(resolve));
    await service.front.ready();
    await service.front.until(async () => (await service.counts()).lines >= lines.next);
    const counts = await service.counts();
    if (counts.lines !== lines.next || counts.different !== lines.next) {
      wrong.push(`${lines.next} lines were sent, ${counts.lines} are stored, ${counts.different} different ones`);
    }
    const result = { sent: lines.next, stored: counts.lines, dropped: await service.metric(dropped) };
    service.front.kill();
    if ((await service.front.ended()) !== 0) wrong.push(`the service did not end well: ${service.front.stderr}`);
    return { wrong, ...result };
  } finally {
    await service.end();
  }
}

async function sendUdp(port: number, lines: readonly string[]): Promise<void> {
  const socket = dgram.createSocket('udp4');
  for (const line of lines) await new Promise((resolve) => socket.send(line, port, '127.0.0.1', resolve));
  socket.close();
}

// A long-running child: ready when it prints a JSON line with "ready": true, stopped by SIGTERM.
import { spawn } from 'node:child_process';

/**
 * Starts a service in a process group of its own, so that Ctrl-C reaches this program alone and it can stop
 * its services in order.
 * @param {{name: string, command: string, args: string[], env?: NodeJS.ProcessEnv, cwd?: string,
 *          onLog?: (line: string) => void, readyWithin?: number}} options readyWithin in ms
 * @returns {Promise<{name: string, ready: Record<string, any>, pid: number, exited: Promise<number | null>, stop: () => Promise<number | null>}>}
 *   rejects with the child's last words when it ends before it is ready
 */
export function startService({ name, command, args, env, cwd, onLog = () => {}, readyWithin = 60_000 }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const last = [];
    const exited = new Promise((done) => child.on('close', (code) => done(code)));
    const stop = async (grace = 30_000) => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), grace);
      const code = await exited;
      clearTimeout(timer);
      return code;
    };
    const timer = setTimeout(() => {
      void stop(2_000).then(() =>
        reject(new Error(`${name} did not get ready within ${readyWithin / 1000} s.\n${last.join('\n')}`))
      );
    }, readyWithin);
    let ready = false;
    eachLine(child.stdout, (line) => {
      const message = ready ? null : readiness(line);
      if (!message) return onLog(line);
      ready = true;
      clearTimeout(timer);
      resolve({ name, ready: message, pid: child.pid, exited, stop });
    });
    eachLine(child.stderr, (line) => {
      last.push(line);
      if (last.length > 20) last.shift();
      onLog(line);
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`${name} could not be started (${command}): ${error.message}`));
    });
    void exited.then((code) => {
      clearTimeout(timer);
      if (!ready) reject(new Error(last.join('\n') || `${name} ended with exit code ${code} before it was ready.`));
    });
  });
}

function readiness(line) {
  if (!line.startsWith('{')) return null;
  try {
    const message = JSON.parse(line);
    return message.ready === true ? message : null;
  } catch {
    return null;
  }
}

function eachLine(stream, take) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) take(line);
  });
  stream.on('end', () => rest && take(rest));
}

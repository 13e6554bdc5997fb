// Runs commands one after the other, keeps what they print, and counts the tests they report.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { note } from './say.mjs';
import { ROOT } from './tools.mjs';

/**
 * @param {{name: string, command: string[], cwd?: string, env?: Record<string, string>}} step
 * @returns {Promise<{name: string, code: number, output: string, seconds: number}>}
 */
export function runStep({ name, command, cwd = '.', env = {} }) {
  const started = performance.now();
  return new Promise((resolve) => {
    const [file, ...args] = command;
    const child = spawn(file, args, {
      cwd: path.join(ROOT, cwd),
      env: { ...process.env, FORCE_COLOR: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => (output += `\n${error.message}`));
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      note(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)`);
      resolve({ name, code: code ?? 1, output, seconds });
    });
  });
}

const none = () => ({ passed: 0, failed: 0, skipped: 0, complaints: [] });

/** Reads and removes a report of Vitest's JSON reporter. A missing report is a failure of its own. */
export function vitestCounts(file) {
  const counts = none();
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
    rmSync(file);
  } catch {
    return { ...counts, failed: 1, complaints: [`Vitest left no report in ${file}.`] };
  }
  for (const suite of report.testResults) {
    if (suite.status === 'failed' && suite.assertionResults.length === 0) {
      counts.failed++;
      counts.complaints.push(`${path.relative(ROOT, suite.name)}: ${suite.message}`);
    }
    for (const test of suite.assertionResults) {
      if (test.status === 'passed') counts.passed++;
      else if (test.status === 'failed') {
        counts.failed++;
        counts.complaints.push(
          `${path.relative(ROOT, suite.name)} › ${test.fullName}\n${test.failureMessages.join('\n')}`
        );
      } else counts.skipped++;
    }
  }
  return counts;
}

/** Counts from `go test -json`: one event a line; a package that does not build is a failure. */
export function goCounts(output) {
  const counts = none();
  const said = new Map();
  for (const line of output.split('\n')) {
    if (!line.startsWith('{')) {
      if (line.trim()) counts.complaints.push(line);
      continue;
    }
    const event = JSON.parse(line);
    const key = `${event.Package ?? event.ImportPath} ${event.Test ?? ''}`;
    if (event.Action === 'output' || event.Action === 'build-output')
      said.set(key, (said.get(key) ?? '') + event.Output);
    if (!event.Test && event.Action === 'fail' && event.FailedBuild) counts.failed++;
    if (event.Action === 'fail' || event.Action === 'build-fail')
      counts.complaints.push(`${key}\n${said.get(key) ?? ''}`);
    if (!event.Test) continue;
    if (event.Action === 'pass') counts.passed++;
    if (event.Action === 'fail') counts.failed++;
    if (event.Action === 'skip') counts.skipped++;
  }
  return counts;
}

export function add(total, more) {
  total.passed += more.passed;
  total.failed += more.failed;
  total.skipped += more.skipped;
  total.complaints.push(...more.complaints);
}

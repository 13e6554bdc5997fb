import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { goCounts, runStep, vitestCounts } from './steps.mjs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'fireplot-steps-'));
const reportOf = (content) => {
  const file = path.join(folder, 'report.json');
  writeFileSync(file, content);
  return file;
};

describe('what the test runners report is counted', () => {
  it('Vitest: passed, failed and skipped, with the failure in words', () => {
    const counts = vitestCounts(
      reportOf(
        JSON.stringify({
          testResults: [
            {
              name: '/x/a.test.ts',
              status: 'failed',
              assertionResults: [
                { status: 'passed', fullName: 'one', failureMessages: [] },
                { status: 'failed', fullName: 'two', failureMessages: ['expected 1 to be 2'] },
                { status: 'skipped', fullName: 'three', failureMessages: [] },
              ],
            },
          ],
        })
      )
    );
    expect(counts).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
    expect(counts.complaints[0]).toContain('expected 1 to be 2');
  });

  it('Vitest: a file that does not even load is a failure', () => {
    const file = reportOf(
      JSON.stringify({
        testResults: [{ name: '/x/b.test.ts', status: 'failed', message: 'SyntaxError', assertionResults: [] }],
      })
    );
    expect(vitestCounts(file)).toMatchObject({ passed: 0, failed: 1 });
  });

  it('Vitest: no report is a failure, not a pass', () => {
    expect(vitestCounts(path.join(folder, 'absent.json')).failed).toBe(1);
  });

  it('Go: tests and subtests are counted, packages are not', () => {
    const lines = [
      { Action: 'pass', Package: 'p', Test: 'TestA' },
      { Action: 'output', Package: 'p', Test: 'TestB', Output: 'want 1\n' },
      { Action: 'fail', Package: 'p', Test: 'TestB' },
      { Action: 'skip', Package: 'p', Test: 'TestC' },
      { Action: 'fail', Package: 'p' },
    ];
    const counts = goCounts(lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(counts).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
    expect(counts.complaints.join()).toContain('want 1');
  });

  it('Go: a package that does not build is a failure', () => {
    const lines = [
      { Action: 'build-output', ImportPath: 'p', Output: 'undefined: x\n' },
      { Action: 'build-fail', ImportPath: 'p' },
      { Action: 'fail', Package: 'p', FailedBuild: 'p' },
    ];
    const counts = goCounts(lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(counts.failed).toBe(1);
    expect(counts.complaints.join()).toContain('undefined: x');
  });
});

describe('a step', () => {
  it('reports the exit code and both streams', async () => {
    const step = await runStep({
      name: 'three',
      command: [process.execPath, '-e', "console.log('out');console.error('err');process.exit(3)"],
    });
    expect(step.code).toBe(3);
    expect(step.output).toContain('out');
    expect(step.output).toContain('err');
  });
});

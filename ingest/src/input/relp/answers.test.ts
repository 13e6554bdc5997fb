import { expect, test } from 'vitest';
import { DiskIntake } from '../tls/disk-intake.case.js';
import { Answers, nextTxnr } from './answers.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Answers of a session whose `open` had this transaction. */
function begun(intake: DiskIntake, txnr: number): { answers: Answers; written: string[] } {
  const written: string[] = [];
  const answers = new Answers(intake, (text) => void written.push(text));
  answers.begin(txnr);
  answers.open();
  return { answers, written };
}

test('transactions go on behind 999,999,999 with 1', async () => {
  expect([nextTxnr(1), nextTxnr(999_999_998), nextTxnr(999_999_999)]).toEqual([2, 999_999_999, 1]);
  const intake = new DiskIntake();
  const { answers, written } = begun(intake, 999_999_997);
  for (const txnr of [999_999_998, 999_999_999, 1, 2]) answers.taken(txnr);
  answers.ready();
  await answers.settled();
  expect(written).toEqual([[999_999_998, 999_999_999, 1, 2].map((txnr) => `${txnr} rsp 6 200 OK\n`).join('')]);
  expect(answers.complete).toBe(true);
});

test('what is undecided, or came after the write began, is not answered with it', async () => {
  const intake = new DiskIntake(undefined, { manual: true });
  const { answers, written } = begun(intake, 1);
  answers.taken(2);
  answers.ready();
  await turn();
  answers.taken(3);
  answers.ready();
  answers.taken(4);
  intake.commit();
  await turn();
  expect(written).toEqual(['2 rsp 6 200 OK\n']);
  intake.commit();
  await turn();
  expect(written).toEqual(['2 rsp 6 200 OK\n', '3 rsp 6 200 OK\n']);
  expect(answers.complete).toBe(false);
});

test('nothing is answered before the session is open, nor after its end', async () => {
  const intake = new DiskIntake();
  const written: string[] = [];
  const answers = new Answers(intake, (text) => void written.push(text));
  answers.begin(1);
  answers.taken(2);
  answers.ready();
  await turn();
  expect(written).toEqual([]);
  answers.open();
  await turn();
  await turn();
  expect(written).toEqual(['2 rsp 6 200 OK\n']);
  answers.taken(3);
  answers.ready();
  answers.end();
  await turn();
  expect(written).toHaveLength(1);
});

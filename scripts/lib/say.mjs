/** Ends the program with one sentence on stderr: what, where, what to do. */
export function fail(sentence, code = 2) {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

export function note(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/** The spool cannot be used; its message is one sentence: what is wrong, and what to do. */
export class SpoolError extends Error {
  override readonly name = 'SpoolError';
}

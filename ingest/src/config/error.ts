/** What the user has to mend: a wrong option, variable, file or port. One sentence; the command ends with code 2. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

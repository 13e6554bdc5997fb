import { run } from './cli/program.js';
import { EXIT_OK } from './cli/io.js';
import { takeStdin } from './cli/stdin.js';

// Nobody reads on (`fireplot parse | head`): that is an end like any other.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT_OK);
});

process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error; // the service goes on without a reader of its log
});

const code = await run(process.argv.slice(2), {
  stdin: () => process.stdin,
  takeStdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  isTerminal: process.stderr.isTTY,
});
// An open stdin, or an idle connection to the store, must not keep the process.
process.stdout.write('', () => process.exit(code));

import type { Resolved } from '../../config/resolve.js';
import { EXIT_FAILED, EXIT_OK } from '../io.js';
import type { Io } from '../io.js';
import { serverUrl } from '../store.js';
import { Service } from './service.js';
import { openLog } from './log.js';

/** `fireplot serve`: runs until SIGINT or SIGTERM; a second one ends it at once. */
export async function serveCommand(settings: Resolved, io: Io): Promise<number> {
  serverUrl(settings); // a URL that is none ends it before anything listens
  const stdin = io.takeStdin(settings.stdin);
  const log = openLog(io.stderr, settings.logLevel, settings.logFormat);
  const service = new Service(settings, log, io.env, stdin);
  let asked = false;
  let release: () => void = () => {};
  const stopped = new Promise<number>((resolve, reject) => {
    const stop = (why: string): void => {
      if (asked) process.exit(EXIT_FAILED);
      asked = true;
      log.info(`${why}: storing what is here, then ending. Once more ends at once.`);
      service.stop().then((clean) => resolve(clean ? EXIT_OK : EXIT_FAILED), reject);
    };
    const onInterrupt = (): void => stop('Interrupted');
    const onTerminate = (): void => stop('Told to end');
    process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
    release = () => void process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
    service.onFault = (error) => {
      log.error(error.message);
      asked = true;
      service.stop().then(() => resolve(EXIT_FAILED), reject);
    };
  });
  try {
    await Promise.race([announce(service, io), stopped]);
    return await stopped;
  } catch (error) {
    // A stop during the start ends the start; its error is then no news.
    if (asked) return await stopped;
    await service.stop();
    throw error;
  } finally {
    release();
  }
}

/** Starts the service and says on stdout where everything is. */
async function announce(service: Service, io: Io): Promise<void> {
  const ready = await service.start();
  if (ready !== undefined) io.stdout.write(`${JSON.stringify({ ready: true, ...ready })}\n`);
}

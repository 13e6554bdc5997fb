import { Framer } from './framer.js';
import type { Input, OpenInput } from './intake.js';
import { Streams } from './tls/streams.js';
import type { StreamOptions } from './tls/streams.js';

/** Syslog over TCP, LF or octet-counted. What a connection leaves unfinished when it ends is a line too. */
export const openTcp: OpenInput<StreamOptions> = async (options, intake): Promise<Input> => {
  const streams = await Streams.open(
    options,
    {
      input: 'tcp',
      what: 'syslog over TCP',
      option: '--syslog',
      files: undefined,
      open: ({ sender }) =>
        new Framer(options.lineLimit, intake.open({ input: 'tcp', sender, stamps: 'live' }), { octetCounting: true }),
    },
    intake
  );
  return {
    name: 'tcp',
    place: streams.place,
    pause: () => streams.pause(),
    resume: () => streams.resume(),
    close: () => streams.close(),
    counts: () => streams.counts(),
  };
};

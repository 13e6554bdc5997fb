import { Framer } from '../framer.js';
import type { Input, OpenInput } from '../intake.js';
import type { TlsFiles } from './certificates.js';
import { Streams } from './streams.js';
import type { StreamOptions } from './streams.js';

export interface TlsOptions extends StreamOptions {
  readonly files: TlsFiles;
}

/**
 * Syslog over TLS: octet-counted (RFC 5425), or a line each. What a connection leaves unfinished when it ends is a
 * line too.
 */
export const openTls: OpenInput<TlsOptions> = async (options, intake): Promise<Input> => {
  const streams = await Streams.open(
    options,
    {
      input: 'tls',
      what: 'syslog over TLS',
      option: '--tls',
      files: options.files,
      open: ({ sender }) =>
        new Framer(options.lineLimit, intake.open({ input: 'tls', sender, stamps: 'live' }), { octetCounting: true }),
    },
    intake
  );
  return {
    name: 'tls',
    place: streams.place,
    pause: () => streams.pause(),
    resume: () => streams.resume(),
    close: () => streams.close(),
    counts: () => streams.counts(),
  };
};

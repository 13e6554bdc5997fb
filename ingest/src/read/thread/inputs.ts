import { parseEndpoint } from '../../input/endpoint.js';
import type { Input, Intake, OpenInput } from '../../input/intake.js';
import { openFollow } from '../../input/follow/follow.js';
import type { FollowOptions } from '../../input/follow/follow.js';
import { openHttp } from '../../input/http/http.js';
import type { HttpOptions } from '../../input/http/http.js';
import { openKafka } from '../../input/kafka/kafka.js';
import type { KafkaOptions } from '../../input/kafka/options.js';
import { openRelp } from '../../input/relp/relp.js';
import type { RelpOptions } from '../../input/relp/relp.js';
import { openStdin } from '../../input/stdin/stdin.js';
import type { StdinOptions } from '../../input/stdin/stdin.js';
import { openTcp } from '../../input/tcp.js';
import { openTls } from '../../input/tls/tls.js';
import type { TlsOptions } from '../../input/tls/tls.js';
import type { StreamOptions } from '../../input/tls/streams.js';
import { openUdp } from '../../input/udp.js';

/** Which inputs a process has, and how; undefined ones are off. Plain data, for the thread. */
export interface InputPlan {
  /** UDP and TCP on one port. */
  readonly syslog: StreamOptions | undefined;
  readonly tls: TlsOptions | undefined;
  readonly relp: RelpOptions | undefined;
  readonly http: HttpOptions | undefined;
  readonly follow: FollowOptions | undefined;
  readonly stdin: StdinOptions | undefined;
  readonly kafka: KafkaOptions | undefined;
}

type Opener<Options> = (options: Options, intake: Intake) => Opened;
type Opened = Promise<readonly Input[]>;

const single =
  <Options>(open: OpenInput<Options>): Opener<Options> =>
  async (options, intake) => [await open(options, intake)];

/** Tries to get one free port for both UDP and TCP when any will do. */
const PORT_TRIES = 10;

const openSyslog: Opener<StreamOptions> = async (options, intake) => {
  for (let tries = 1; ; tries++) {
    const tcp = await openTcp(options, intake);
    try {
      const { port } = parseEndpoint(tcp.place, options.listen.host);
      return [
        await openUdp({ listen: { host: options.listen.host, port }, lineLimit: options.lineLimit }, intake),
        tcp,
      ];
    } catch (error) {
      await tcp.close();
      if (options.listen.port !== 0 || tries >= PORT_TRIES) throw error;
    }
  }
};

const on =
  <Name extends keyof InputPlan>(name: Name, open: Opener<NonNullable<InputPlan[Name]>>) =>
  async (plan: InputPlan, intake: Intake): Opened => {
    const options = plan[name];
    return options === undefined ? [] : open(options as NonNullable<InputPlan[Name]>, intake);
  };

/** How each is opened, in this order. */
const OPENERS = [
  on('syslog', openSyslog),
  on('tls', single(openTls)),
  on('relp', single(openRelp)),
  on('http', single(openHttp)),
  on('follow', single(openFollow)),
  on('stdin', single(openStdin)),
  on('kafka', single(openKafka)),
];

/**
 * Opens all inputs of a plan, or none.
 * @throws UserError with one sentence about the first that cannot be had
 */
export async function openInputs(plan: InputPlan, intake: Intake): Promise<readonly Input[]> {
  const opened: Input[] = [];
  try {
    for (const open of OPENERS) opened.push(...(await open(plan, intake)));
    return opened;
  } catch (error) {
    await Promise.all(opened.map((input) => input.close()));
    throw error;
  }
}

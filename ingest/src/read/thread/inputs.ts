import { parseEndpoint } from '../../input/endpoint.js';
import type { Input, Intake, OpenInput } from '../../input/intake.js';
import { openTcp } from '../../input/tcp.js';
import { openTls } from '../../input/tls/tls.js';
import type { TlsOptions } from '../../input/tls/tls.js';
import type { StreamOptions } from '../../input/tls/streams.js';
import { openUdp } from '../../input/udp.js';

/** Which inputs a process has, and how; those left out are off. Plain data, for the thread. */
export interface InputPlan {
  /** UDP and TCP on one port. */
  readonly syslog?: StreamOptions;
  readonly tls?: TlsOptions;
}

type Opener<Options> = (options: Options, intake: Intake) => Promise<readonly Input[]>;
type Openers = { readonly [Name in keyof InputPlan]-?: Opener<NonNullable<InputPlan[Name]>> };

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

/** How each is opened, in this order. */
const OPENERS: Openers = {
  syslog: openSyslog,
  tls: single(openTls),
};

/**
 * Opens all inputs of a plan, or none.
 * @throws UserError with one sentence about the first that cannot be had
 */
export async function openInputs(plan: InputPlan, intake: Intake): Promise<readonly Input[]> {
  const opened: Input[] = [];
  try {
    for (const name of Object.keys(OPENERS) as (keyof InputPlan)[]) opened.push(...(await openOne(name, plan, intake)));
    return opened;
  } catch (error) {
    await Promise.all(opened.map((input) => input.close()));
    throw error;
  }
}

async function openOne<Name extends keyof InputPlan>(
  name: Name,
  plan: InputPlan,
  intake: Intake
): Promise<readonly Input[]> {
  const options = plan[name];
  if (options === undefined) return [];
  return (OPENERS[name] as Opener<typeof options>)(options, intake);
}

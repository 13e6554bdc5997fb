import type { Socket } from 'node:net';
import { peerAddress } from '../endpoint.js';
import type { InputName, Intake } from '../intake.js';
import { Once } from './once.js';

export interface GateOptions {
  /** Connections at once, of all senders and of one. */
  readonly maxConnections: number;
  readonly maxPerSender: number;
}

/** Decides at the door who may connect: those the intake admits, and no more than there is room for. */
export class Gate {
  readonly #options: GateOptions;
  readonly #intake: Intake;
  readonly #input: InputName;
  readonly #open = new Map<string, number>();
  readonly #once = new Once();
  connections = 0;
  /** Turned away: the sender may not send. */
  refused = 0;
  /** Turned away: too many connections. */
  crowded = 0;

  constructor(options: GateOptions, intake: Intake, input: InputName) {
    this.#options = options;
    this.#intake = intake;
    this.#input = input;
  }

  /**
   * Lets a fresh connection in until it is closed, or destroys it.
   * @returns the sender's address; undefined when it was turned away
   */
  enter(socket: Socket): string | undefined {
    const sender = peerAddress(socket.remoteAddress ?? '');
    socket.on('error', () => {}); // a reset is an end like any other: 'close' follows
    if (sender === '' || !this.#intake.admit(sender)) {
      this.refused++;
      socket.destroy();
      return undefined;
    }
    const { maxConnections, maxPerSender } = this.#options;
    const own = this.#open.get(sender) ?? 0;
    if (this.connections >= maxConnections || own >= maxPerSender) {
      this.#turnAway(sender, own >= maxPerSender);
      socket.destroy();
      return undefined;
    }
    this.connections++;
    this.#open.set(sender, own + 1);
    socket.once('close', () => this.#leave(sender));
    return sender;
  }

  #leave(sender: string): void {
    this.connections--;
    const left = (this.#open.get(sender) ?? 1) - 1;
    if (left > 0) this.#open.set(sender, left);
    else this.#open.delete(sender);
  }

  #turnAway(sender: string, own: boolean): void {
    this.crowded++;
    if (!this.#once.first(own ? sender : '')) return;
    const { maxConnections, maxPerSender } = this.#options;
    const why = own
      ? `it has ${maxPerSender} already (syslog.max_per_sender)`
      : `all ${maxConnections} are taken (syslog.max_connections)`;
    this.#intake.say(
      'warn',
      `A ${this.#input} connection of ${sender} was turned away: ${why}; more are only counted from now on.`
    );
  }
}

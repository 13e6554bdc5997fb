import { once } from 'node:events';
import net from 'node:net';
import { vi } from 'vitest';

/** CI machines are slow; nothing here waits so long when all is well. */
export const PATIENCE = { timeout: 20_000, interval: 10 };

export const soon = (check: () => void): Promise<void> => vi.waitFor(check, PATIENCE);

export const portOf = (place: string): number => Number(place.slice(place.lastIndexOf(':') + 1));

/** Waits so long that what must not happen would have happened. */
export const pauseFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A connection to a place of this machine, with what came back. */
export class Client {
  received = '';
  closed = false;
  readonly socket: net.Socket;

  constructor(socket: net.Socket) {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => void (this.received += chunk.toString('latin1')));
    socket.on('close', () => void (this.closed = true));
  }

  static async connect(place: string): Promise<Client> {
    const socket = net.connect(portOf(place), '127.0.0.1');
    const client = new Client(socket);
    await once(socket, 'connect');
    return client;
  }

  async ended(): Promise<void> {
    await soon(() => {
      if (!this.closed) throw new Error(`the connection is open; it received ${JSON.stringify(this.received)}`);
    });
  }
}

import { once } from 'node:events';
import net from 'node:net';

/** A port in front of a store that can be shut: then whoever comes finds nobody. It stays the same throughout. */
export class StoreGate {
  open = false;
  readonly #server = net.createServer();
  readonly #sockets = new Set<net.Socket>();
  readonly #to: number;

  private constructor(to: number) {
    this.#to = to;
    this.#server.on('connection', (socket) => this.#pass(socket));
  }

  /** @param url of the store behind it */
  static async before(url: string): Promise<StoreGate> {
    const gate = new StoreGate(Number(new URL(url).port));
    gate.#server.listen(0, '127.0.0.1');
    await once(gate.#server, 'listening');
    return gate;
  }

  get port(): number {
    return (this.#server.address() as net.AddressInfo).port;
  }

  /** Nobody gets through, those who had are thrown out. */
  shut(): void {
    this.open = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.shut();
    this.#server.close();
  }

  #pass(socket: net.Socket): void {
    socket.on('error', () => {});
    if (!this.open) return void socket.destroy();
    const through = net.connect(this.#to, '127.0.0.1');
    through.on('error', () => socket.destroy());
    through.on('close', () => socket.destroy());
    socket.on('close', () => {
      through.destroy();
      this.#sockets.delete(socket);
    });
    this.#sockets.add(socket);
    socket.pipe(through).pipe(socket);
  }
}

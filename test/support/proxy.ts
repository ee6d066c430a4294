import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** How much of what a client said is remembered, to tell its connections apart. */
const remembered = 16_384;

interface Link {
  client: Socket;
  upstream: Socket;
  said: string;
}

/**
 * Stands between a server and what it connects to, and breaks the wire in the ways in which wires break. `url` is the address behind it; give the server
 * what `listen` gives.
 */
export class Proxy {
  private readonly links = new Set<Link>();
  private server: Server | undefined;
  private isCut = false;
  private mute: ((said: string) => boolean) | undefined;
  private delayMs = 0;

  constructor(private readonly url: string) {}

  /** Starts on loopback; gives the same address with this port. */
  async listen(): Promise<string> {
    const server = createServer((client) => this.take(client));
    this.server = server;
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = new URL(this.url);
    address.hostname = '127.0.0.1';
    address.port = String((server.address() as AddressInfo).port);
    return address.href;
  }

  /** As a machine that is down: every connection is reset, new ones too. */
  cut(): void {
    this.isCut = true;
    for (const { client } of this.links) client.resetAndDestroy();
  }

  /** As a firewall that forgot a connection: it stays open and nothing comes through, either way. Only where the client `said` this; absent: everywhere. */
  blackhole(said = ''): void {
    this.mute = (text) => text.includes(said);
  }

  /** Everything that comes back from the other side comes later. */
  delay(ms: number): void {
    this.delayMs = ms;
  }

  /** New connections work again. Those that went silent stay so: nobody remembers them. */
  mend(): void {
    this.isCut = false;
    this.delayMs = 0;
    for (const link of this.links) if (this.mute?.(link.said)) link.said = forgotten;
    this.mute = undefined;
  }

  async close(): Promise<void> {
    for (const { client, upstream } of this.links) for (const socket of [client, upstream]) socket.destroy();
    await new Promise((done) => this.server?.close(done));
  }

  private take(client: Socket): void {
    if (this.isCut) return void client.resetAndDestroy();
    const { hostname, port } = new URL(this.url);
    const link: Link = { client, upstream: connect(Number(port), hostname), said: '' };
    this.links.add(link);
    const end = () => {
      this.links.delete(link);
      client.destroy();
      link.upstream.destroy();
    };
    for (const socket of [client, link.upstream]) socket.setNoDelay(true).on('error', end).on('close', end);
    client.on('data', (chunk) => {
      if (link.said !== forgotten && link.said.length < remembered) link.said += chunk.toString('latin1');
      if (!this.isMute(link)) link.upstream.write(chunk);
    });
    link.upstream.on('data', (chunk) => {
      const pass = () => void (this.isMute(link) || client.destroyed || client.write(chunk));
      if (this.delayMs > 0) setTimeout(pass, this.delayMs);
      else pass();
    });
  }

  private isMute(link: Link): boolean {
    return link.said === forgotten || (this.mute?.(link.said) ?? false);
  }
}

const forgotten = '\0forgotten';

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** What our server asked the foreign system to send, in order of arrival. */
export interface Sent {
  webhookId: string;
  conversationId: string;
  text: string;
}

/**
 * The other end of the generic webhook channel: writes as clients, signed, and keeps a ledger of what it was asked to send. Signs and checks with the
 * public reference package, not with our own code.
 */
export class ForeignDesk {
  readonly secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  readonly ledger: Sent[] = [];
  private readonly signer = new Webhook(this.secret);
  /** A sender's retries have the bytes of the first attempt. */
  private readonly bodies = new Map<string, string>();
  private server: Server | undefined;

  /** Starts the receiver on loopback; gives the address for `deliverUrl`. */
  async listen(): Promise<string> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
        try {
          const body = this.signer.verify(Buffer.concat(chunks).toString('utf8'), headers) as {
            data: { message: { conversationId: string; text: string } };
          };
          this.ledger.push({
            webhookId: headers['webhook-id'] ?? '',
            conversationId: body.data.message.conversationId,
            text: body.data.message.text,
          });
          response
            .writeHead(200, { 'content-type': 'application/json' })
            .end(JSON.stringify({ externalId: `ext-${headers['webhook-id']}` }));
        } catch {
          response.writeHead(401).end();
        }
      });
    });
    await new Promise<void>((done) => this.server?.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/deliver`;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((done) => this.server?.close(done));
  }

  /** One client's message; the same `id` is the same message. Gives the HTTP status, or undefined when no answer came. */
  async write(hookUrl: string, id: string, conversationId: string, text: string, sentAt = new Date()): Promise<number | undefined> {
    const body =
      this.bodies.get(id) ??
      JSON.stringify({
        type: 'message.received',
        timestamp: '2026-11-21T09:00:00.000Z',
        data: {
          channel: 'site',
          message: { id, conversationId, sentAt: sentAt.toISOString(), kind: 'text', text },
          sender: { id: `client-${conversationId}`, name: 'Анна' },
        },
      });
    this.bodies.set(id, body);
    return this.post(hookUrl, `msg_${id}`, body);
  }

  /** Any other event of the envelope: an edit, a deletion, a receipt. */
  async tell(hookUrl: string, webhookId: string, type: string, data: object): Promise<number | undefined> {
    return this.post(hookUrl, webhookId, JSON.stringify({ type, timestamp: new Date().toISOString(), data }));
  }

  async post(hookUrl: string, webhookId: string, body: string): Promise<number | undefined> {
    const at = new Date();
    const headers = {
      'content-type': 'application/json',
      'webhook-id': webhookId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': this.signer.sign(webhookId, at, body),
    };
    return fetch(hookUrl, { method: 'POST', headers, body, signal: AbortSignal.timeout(5_000) }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      },
      () => undefined,
    );
  }
}

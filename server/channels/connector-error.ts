/**
 * How a call to a platform can fail, which decides what the delivery does next:
 * - `misconfigured`: nothing will go through until a person changes the channel (revoked token, wrong address); the channel shows it.
 * - `rejected`: this message will never go through (blocked bot, chat not found, text refused); not retried.
 * - `throttled`: the platform asks to wait; retried after `waitMs`, without counting as a failed attempt.
 * - `unreachable`: surely not sent (no connection, refused, 5xx before processing as the platform documents it); retried on the schedule.
 * - `unknown`: the request left and no answer came: it may have been sent. Resent only by connectors whose platform takes a key against doubles.
 */
export type ConnectorErrorKind = 'misconfigured' | 'rejected' | 'throttled' | 'unreachable' | 'unknown';

/** Thrown by connectors only; anything else that they throw is our bug. `message` is for the admin and never holds a secret. */
export class ConnectorError extends Error {
  constructor(
    readonly kind: ConnectorErrorKind,
    message: string,
    readonly more: {
      /** `throttled`: how long to wait, in ms. */
      waitMs?: number;
      /** `throttled`: only this chat, or the channel as a whole. */
      scope?: 'chat' | 'channel';
      /** `rejected`: the platform's conversation has a new key from now on; the delivery is repeated there (Telegram's migrate_to_chat_id). */
      movedTo?: string;
      /** `rejected`: the client cannot be written to until he writes again (blocked bot). */
      contactBlocked?: boolean;
    } = {},
  ) {
    super(message);
    this.name = 'ConnectorError';
  }
}

import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { SecretBox } from '../config/secret-box.js';

/** A channel's secrets at rest: one sealed JSON object, bound to the account and the channel. The path of a message opens them the same way. */
@Injectable()
export class SealedSettings {
  constructor(private readonly box: SecretBox) {}

  seal(accountId: string, channelId: string, secrets: Record<string, unknown>): Buffer | null {
    return Object.keys(secrets).length === 0 ? null : this.box.seal(JSON.stringify(secrets), `${accountId}:${channelId}`);
  }

  /** Nothing where none are, and where they were sealed under a key that is lost: then they must be entered again. */
  open(accountId: string, channelId: string, sealed: Buffer | null): Record<string, unknown> {
    if (!sealed) return {};
    try {
      return z.record(z.string(), z.unknown()).parse(JSON.parse(this.box.open(sealed, `${accountId}:${channelId}`)));
    } catch {
      return {};
    }
  }
}

import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { TooManyRequests } from '../problem/problems.js';

// Per address and person, so that nobody locks out a person from elsewhere; and per address, against lists of stolen passwords.
const perPerson = { most: 5, seconds: 15 * 60 };
const perAddress = { most: 100, seconds: 60 * 60 };

/** Counts failed sign-ins in the database, for all processes together. */
@Injectable()
export class SignInLimits {
  constructor(private readonly source: DataSource) {}

  /**
   * Takes one try before the password is looked at, so that tries at once are counted too; `forgive` gives it back. Throws `TooManyRequests` with the time
   * until the next try.
   */
  async take(email: string, ip: string): Promise<void> {
    const person = hashOf(email);
    const address = networkOf(ip);
    await this.source.transaction(async (db) => {
      await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('sign-in ' || $1, 0))`, [address]);
      await db.query(`DELETE FROM sign_in_failures WHERE at < now() - make_interval(secs => $1)`, [perAddress.seconds]);
      await refuseOver(db, perPerson, 'email_hash = $2 AND ip = $3', [person, address]);
      await refuseOver(db, perAddress, 'ip = $2', [address]);
      await db.query(`INSERT INTO sign_in_failures (email_hash, ip) VALUES ($1, $2)`, [person, address]);
    });
  }

  /** After the right password: the person starts anew from this address. */
  async forgive(email: string, ip: string): Promise<void> {
    await this.source.query(`DELETE FROM sign_in_failures WHERE email_hash = $1 AND ip = $2`, [hashOf(email), networkOf(ip)]);
  }
}

/** Refuses when the `most`-th newest failure is younger than the window, until it is not. */
async function refuseOver(db: EntityManager, limit: { most: number; seconds: number }, where: string, values: unknown[]): Promise<void> {
  const rows: { wait: number }[] = await db.query(
    `SELECT extract(epoch FROM at + make_interval(secs => $1) - now())::float8 AS wait FROM sign_in_failures
     WHERE ${where} ORDER BY at DESC OFFSET ${limit.most - 1} LIMIT 1`,
    [limit.seconds, ...values],
  );
  const wait = rows[0]?.wait ?? 0;
  if (wait > 0) throw new TooManyRequests(wait);
}

function hashOf(email: string): Buffer {
  return createHash('sha256').update(email.trim().toLowerCase()).digest();
}

/** One home has a whole /64 of IPv6 addresses, so they count as one. */
function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped?.[1]) return mapped[1];
  if (!isIPv6(ip)) return ip;
  const [head = '', tail] = (ip.split('%')[0] ?? ip).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const parts = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${parts
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':')}::/64`;
}

import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Audit } from '../audit/audit.js';
import { hashPassword } from '../auth/passwords.js';
import { hashOfToken, newSecretToken } from '../auth/secret-token.js';
import { AccountScope } from '../db/account-scope.js';
import { Conflict, Forbidden } from '../problem/problems.js';
import { addExampleDesk } from './example-desk.js';
import { addStartingData } from './starting-data.js';

const linkSeconds = 30 * 60;

/** The account and its owner, as the set-up page or the settings of the process give them. */
export interface NewAccount {
  accountName: string;
  name: string;
  email: string;
  password: string;
  language: 'ru' | 'en';
  exampleDesk: boolean;
}

/** From an empty database to an account with its owner, once. */
@Injectable()
export class SetUp {
  constructor(
    private readonly source: DataSource,
    private readonly scope: AccountScope,
    private readonly audit: Audit,
  ) {}

  async isSetUp(): Promise<boolean> {
    const [row] = await this.scope.lookUp<{ is_set_up: boolean }>(`SELECT is_set_up()`);
    return row?.is_set_up ?? false;
  }

  /** A new one-time token for the set-up page; those of earlier starts end. Null when an owner exists. */
  async newLink(): Promise<string | null> {
    if (await this.isSetUp()) return null;
    const { token, hash } = newSecretToken();
    await this.source.transaction(async (db) => {
      await db.query(`DELETE FROM setup_links`);
      await db.query(`INSERT INTO setup_links (id, token_hash, expires_at) VALUES ($1, $2, now() + make_interval(secs => $3))`, [
        uuid(),
        hash,
        linkSeconds,
      ]);
    });
    return token;
  }

  /** Throws `Forbidden` for a token that is wrong, used or old; before the costly work, so that guesses are cheap to refuse. */
  async refuseBadLink(token: string): Promise<void> {
    const found = await this.scope.lookUp(`SELECT 1 FROM setup_links WHERE token_hash = $1 AND expires_at > now()`, [hashOfToken(token)]);
    if (found.length === 0) throw badLink();
  }

  /**
   * Makes the account; `token` is used up with it, `work` runs in the same transaction. Throws `Conflict` when there is an account already (of two who set
   * up at once, the second), `Forbidden` for a bad token.
   */
  async create<T>(
    wanted: NewAccount,
    token: string | null,
    work: (db: EntityManager, owner: { accountId: string; userId: string; name: string }) => Promise<T>,
  ): Promise<T> {
    const passwordHash = await hashPassword(wanted.password);
    const accountId = uuid();
    const userId = uuid();
    return this.scope.run(accountId, async (db) => {
      await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('set up', 0))`);
      const [state]: { is_set_up: boolean }[] = await db.query(`SELECT is_set_up()`);
      if (state?.is_set_up) throw new Conflict({ ru: 'Владелец уже создан, войдите', en: 'The owner exists already, sign in' });
      if (token !== null) await useUp(db, token);
      await db.query(`INSERT INTO accounts (id, name) VALUES ($1, $2)`, [accountId, wanted.accountName]);
      await db.query(
        `INSERT INTO users (id, account_id, email, name, password_hash, role, language) VALUES ($1, $2, $3, $4, $5, 'owner', $6)`,
        [userId, accountId, wanted.email.toLowerCase(), wanted.name, passwordHash, wanted.language],
      );
      await addStartingData(db, accountId);
      if (wanted.exampleDesk) await addExampleDesk(db, accountId, { id: userId, name: wanted.name });
      const actor = { accountId, userId, tokenId: null, name: wanted.name, ip: '' };
      await this.audit.write(db, actor, 'account.create', wanted.accountName, { exampleDesk: wanted.exampleDesk });
      return work(db, { accountId, userId, name: wanted.name });
    });
  }
}

async function useUp(db: EntityManager, token: string): Promise<void> {
  const used: unknown[] = await db.query(
    `WITH used AS (DELETE FROM setup_links WHERE token_hash = $1 AND expires_at > now() RETURNING id) SELECT id FROM used`,
    [hashOfToken(token)],
  );
  if (used.length === 0) throw badLink();
}

function badLink(): Forbidden {
  return new Forbidden(
    { ru: 'Ссылка не подходит или устарела', en: 'The link is wrong or has expired' },
    {
      ru: 'Перезапустите сервер: при запуске он напечатает новую ссылку на 30 минут',
      en: 'Start the server again: it prints a new link, good for 30 minutes',
    },
  );
}

import { Client } from 'pg';
import { mostClockOffsetMs, readClockOffset } from './clock-offset.js';
import { applicationRole } from './data-source.js';

/** A database on which the product's promises would not hold; the message says what to change. */
export class UnsafeDatabase extends Error {}

const leastVersion = 140_000;

/** Before migrating. `url` is the owner's. Throws `UnsafeDatabase` for a PostgreSQL that is too old or may forget what it has confirmed. */
export async function refuseForgetful(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const setting = async (name: string) =>
      (await client.query<{ value: string }>(`SELECT current_setting($1) AS value`, [name])).rows[0]?.value;
    const version = Number(await setting('server_version_num'));
    if (version < leastVersion) throw new UnsafeDatabase(`PostgreSQL 14 or newer is needed, this is ${await setting('server_version')}`);
    for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      if ((await setting(name)) === 'off') {
        throw new UnsafeDatabase(`PostgreSQL has ${name} = off: a crash would lose messages that were confirmed. Switch it on`);
      }
    }
  });
}

/** Throws `UnsafeDatabase` when this machine's clock and PostgreSQL's are more than two seconds apart. `url` is the owner's. */
export async function refuseOtherClock(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const apart = Math.abs(await readClockOffset(async (sql) => (await client.query<{ ms: number }>(sql)).rows));
    if (apart <= mostClockOffsetMs) return;
    const seconds = (apart / 1000).toFixed(1);
    throw new UnsafeDatabase(
      `Часы этого сервера и PostgreSQL расходятся на ${seconds} с, допустимо 2: настройте синхронизацию времени (NTP) на обоих / ` +
        `The clocks of this server and of PostgreSQL are ${seconds} s apart, 2 are allowed: have both set by NTP`,
    );
  });
}

/** After migrating. Throws `UnsafeDatabase` when the application's role could pass by row-level security. */
export async function refuseMightyRole(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ fault: string }>(
      `SELECT 'is a superuser' AS fault FROM pg_roles WHERE rolname = $1 AND rolsuper
       UNION ALL SELECT 'has BYPASSRLS' FROM pg_roles WHERE rolname = $1 AND rolbypassrls
       UNION ALL SELECT 'owns ' || c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
         WHERE r.rolname = $1 AND c.relnamespace = 'public'::regnamespace
       UNION ALL SELECT 'is a member of ' || g.rolname FROM pg_roles r JOIN pg_auth_members m ON m.member = r.oid JOIN pg_roles g ON g.oid = m.roleid
         WHERE r.rolname = $1 LIMIT 1`,
      [applicationRole],
    );
    if (rows[0]) throw new UnsafeDatabase(`the role ${applicationRole} ${rows[0].fault}: accounts would not be kept apart. Take that away`);
  });
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

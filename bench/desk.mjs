// What the part `lists` reads: one account's year, written by set-based statements of the owner. Ids are spelt from numbers, so that no join is needed.

/** Rows that do not grow with the messages. */
export const size = { channels: 10, contacts: 20_000, conversations: 50_000 };

/** The number of the channel that nobody has written to for half a year. */
export const quietChannel = size.channels - 1;
const channelOf = (conversation) =>
  `(CASE WHEN ${conversation} % ${size.channels} = ${quietChannel} AND ${conversation} > ${size.conversations / 2} THEN 0 ELSE ${conversation} % ${size.channels} END)`;

/** A row's id by its number in one of the tables below. */
export function idOf(table, number) {
  return `00000000-0000-7000-800${tables.indexOf(table)}-${number.toString(16).padStart(12, '0')}`;
}

const tables = ['channels', 'contacts', 'conversations', 'messages', 'outbox'];
const idSql = (table, number) => `('00000000-0000-7000-800${tables.indexOf(table)}-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/** Writes channels, contacts and conversations; gives the account's id. */
export async function fillDesk(client) {
  // The references hold by construction; checking six of them a message would take longer than the rest.
  await client.query(`SET session_replication_role = replica; SET synchronous_commit = off`);
  const { rows } = await client.query(`SELECT id FROM accounts`);
  const account = rows[0].id;
  await client.query(
    `INSERT INTO channels (id, account_id, kind, name, hook_key)
     SELECT ${idSql('channels', 'n')}, $1, 'webhook', 'Сайт ' || n, 'bench-' || n FROM generate_series(0, ${size.channels - 1}) n`,
    [account],
  );
  await client.query(
    `INSERT INTO contacts (id, account_id, name, phone, created_at)
     SELECT ${idSql('contacts', 'n')}, $1, (ARRAY['Анна', 'Борис', 'Вера', 'Глеб', 'Дарья', 'Егор', 'Жанна'])[1 + n % 7] || ' ' || n,
            '7999' || lpad(n::text, 7, '0'), now() - interval '365 days' * (1 - n / ${size.contacts}.0)
     FROM generate_series(0, ${size.contacts - 1}) n`,
    [account],
  );
  // A tenth is open, a fifth of these waits for an answer; the last written ones sooner than the old ones.
  await client.query(
    `INSERT INTO conversations (id, account_id, number, channel_id, contact_id, thread_key, status, needs_answer, created_at, last_message_at)
     SELECT ${idSql('conversations', 'n')}, $1, n + 1, ${idSql('channels', channelOf('n'))}, ${idSql('contacts', `n % ${size.contacts}`)}, 'c' || n,
            CASE WHEN open THEN 'open' ELSE 'closed' END, open AND n % 5 = 0, at - interval '3 days', at
     FROM (SELECT n, n % 100 < 20 * n / ${size.conversations} AS open, now() - interval '365 days' * (1 - n / ${size.conversations}.0) AS at
           FROM generate_series(0, ${size.conversations - 1}) n) made`,
    [account],
  );
  return account;
}

const words =
  'здравствуйте подскажите пожалуйста сколько стоит есть ли в наличии размер цвет белый чёрный самовывоз оплата картой завтра после обеда жду ответа спасибо заказать два комплекта';

/**
 * Writes so many messages, evenly over the year that just ended.
 * Of ten, six are a client's and have an export, four are answers and have a delivery. A twentieth is filtered, a hundredth of the deliveries failed; every
 * fifth asks about «доставка». A conversation's messages stand within some three days.
 */
export async function fillMessages(client, account, count) {
  await client.query(
    `INSERT INTO messages (id, account_id, channel_id, conversation_id, contact_id, direction, origin, external_id, text, at, created_at, status)
     SELECT ${idSql('messages', 'n')}, $1, ${idSql('channels', channelOf('c'))}, ${idSql('conversations', 'c')}, ${idSql('contacts', `c % ${size.contacts}`)},
            CASE WHEN n % 10 < 6 THEN 'in' ELSE 'out' END, CASE WHEN n % 10 < 6 THEN 'client' ELSE 'rules' END, 'm' || n,
            array_to_string(w[1 + abs(hashint8(n)) % 6 : 7 + abs(hashint8(n)) % 17], ' ') || ' № ' || n || CASE WHEN n % 5 = 0 THEN ' доставка' ELSE '' END,
            at, at, CASE WHEN abs(hashint8(n)) % 20 = 0 THEN 'filtered' ELSE 'passed' END
     FROM (SELECT n, least(${size.conversations - 1}, (part * ${size.conversations})::bigint + abs(hashint8(n)) % 400) AS c,
                  now() - interval '365 days' * (1 - part) AS at
           FROM generate_series(0, $2::bigint - 1) n, LATERAL (SELECT n / $2::float8 AS part) parts) made,
          string_to_array('${words}', ' ') w`,
    [account, count],
  );
  await client.query(
    `INSERT INTO message_exports (message_id, crm_connection_id, account_id, status, attempts)
     SELECT ${idSql('messages', 'n')}, k.id, $1,
            CASE WHEN abs(hashint8(n)) % 20 = 0 THEN 'filtered' WHEN n % 1000 = 1 THEN 'failed' ELSE 'exported' END, 1
     FROM generate_series(0, $2::bigint - 1) n, crm_connections k WHERE n % 10 < 6`,
    [account, count],
  );
  await client.query(
    `INSERT INTO outbox (id, account_id, channel_id, conversation_id, message_id, status, attempts)
     SELECT ${idSql('outbox', 'n')}, $1, m.channel_id, m.conversation_id, m.id, CASE WHEN abs(hashint8(n + 7)) % 100 = 0 THEN 'failed' ELSE 'sent' END, 1
     FROM generate_series(0, $2::bigint - 1) n JOIN messages m ON m.id = ${idSql('messages', 'n')} WHERE n % 10 >= 6`,
    [account, count],
  );
  // As autovacuum leaves a database that has lived with its messages.
  await client.query(`VACUUM (ANALYZE)`);
  await client.query(`CHECKPOINT`);
}

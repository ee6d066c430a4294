import type { MigrationInterface, QueryRunner } from 'typeorm';

const whole = "DELETE FROM webhook_requests WHERE status = 'done' AND received_at < now() - keep RETURNING 1";
const portion = `DELETE FROM webhook_requests WHERE seq = ANY (ARRAY(
         SELECT w.seq FROM webhook_requests w WHERE w.status = 'done' AND w.received_at < now() - keep LIMIT 5000)) RETURNING 1`;

/* Old requests go some thousands at a time: all at once they would one day take longer than a statement may, and from then on none would ever go. */
export class ForgetInPortions1763700000091 implements MigrationInterface {
  name = 'ForgetInPortions1763700000091';

  async up(db: QueryRunner): Promise<void> {
    await db.query(forgetting(portion));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(forgetting(whole));
  }
}

const forgetting = (requests: string) =>
  `CREATE OR REPLACE FUNCTION forget_old(keep interval) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
     WITH requests AS (${requests}),
       changes AS (DELETE FROM early_changes WHERE received_at < now() - keep RETURNING 1)
     SELECT (SELECT count(*) FROM requests) + (SELECT count(*) FROM changes) $$`;

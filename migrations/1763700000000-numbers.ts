import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Numbers of conversations and deals in one round trip (server/messaging/numbers.ts). The commit does not wait for the disk: whatever uses a number commits
 * later, and that commit brings everything before it to the disk as well.
 */
export class Numbers1763700000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION take_numbers(account uuid, kind text, wanted integer) RETURNS bigint
        LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      DECLARE last bigint;
      BEGIN
        PERFORM set_config('app.account_id', account::text, true), set_config('synchronous_commit', 'off', true);
        IF kind = 'deal' THEN
          UPDATE accounts SET last_deal_number = last_deal_number + wanted WHERE id = account RETURNING last_deal_number INTO last;
        ELSE
          UPDATE accounts SET last_conversation_number = last_conversation_number + wanted WHERE id = account RETURNING last_conversation_number INTO last;
        END IF;
        RETURN last - wanted + 1;
      END $$;
      REVOKE ALL ON FUNCTION take_numbers FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION take_numbers TO razvilka_app`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP FUNCTION take_numbers(uuid, text, integer)');
  }
}

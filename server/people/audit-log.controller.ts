import { Controller, Get, Query, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { pageOf, pageQuery } from '../../api/page.js';
import { auditEntry, type AuditEntry } from '../../api/people.js';
import { Caller } from '../auth/caller.js';
import { Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { Invalid } from '../problem/problems.js';

const auditPage = pageOf(auditEntry);

@ApiTags('people')
@Controller('api/audit')
export class AuditLogController {
  constructor(private readonly scope: AccountScope) {}

  /** Who did what, newest first. */
  @Roles('owner', 'admin')
  @Get()
  @SerializeOptions({ schema: auditPage })
  @ApiResponse({ status: 200, standardSchema: auditPage })
  async list(@Caller() caller: Caller, @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>): Promise<z.infer<typeof auditPage>> {
    const after = query.cursor === undefined ? null : readCursor(query.cursor);
    const rows: AuditRow[] = await this.scope.run(caller.accountId, (db) =>
      db.query(
        // The clock's whole microseconds stay in the cursor: a Date has milliseconds only and would repeat rows.
        `SELECT id, at, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS exact, actor_name, action, subject, details FROM audit_log
         WHERE account_id = $1 AND ($2::timestamptz IS NULL OR (at, id) < ($2::timestamptz, $3::uuid)) ORDER BY at DESC, id DESC LIMIT $4`,
        [caller.accountId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
      ),
    );
    const shown = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(toEntry),
      nextCursor: last ? Buffer.from(JSON.stringify([last.exact, last.id])).toString('base64url') : null,
    };
  }
}

const cursorShape = z.tuple([z.iso.datetime(), z.uuid()]);

function readCursor(cursor: string): z.infer<typeof cursorShape> {
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new Invalid([{ path: 'cursor', detail: { ru: 'Это не курсор', en: 'This is not a cursor' } }]);
  }
}

function toEntry(row: AuditRow): AuditEntry {
  return { id: row.id, at: row.at.toISOString(), actor: row.actor_name, action: row.action, subject: row.subject, details: row.details };
}

interface AuditRow {
  id: string;
  at: Date;
  exact: string;
  actor_name: string;
  action: string;
  subject: string | null;
  details: Record<string, unknown>;
}

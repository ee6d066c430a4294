import { Body, Controller, Get, Post, Query, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { createNote, note, notePage, type Note } from '../../api/crm.js';
import { id, pageQuery } from '../../api/page.js';
import { Caller } from '../auth/caller.js';
import { everyone, Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { Invalid } from '../problem/problems.js';
import { rowOf, rowsOf } from '../sql/rows.js';
import { Askable } from '../sql/askable.js';
import { sql, Walk } from '../sql/walk.js';

const notesQuery = pageQuery.extend({ contact: id.optional(), deal: id.optional() });

@ApiTags('Notes')
@Controller('api/notes')
export class NotesController {
  constructor(
    private readonly scope: AccountScope,
    private readonly changes: Changes,
  ) {}

  /** Newest first, of a contact, of a deal, or of a contact that concern one deal. */
  @Get()
  @Roles(...everyone)
  @SerializeOptions({ schema: notePage })
  @ApiResponse({ status: 200, standardSchema: notePage })
  list(
    @Caller() caller: Caller,
    @Query({ schema: notesQuery, pipes: [Askable] }) query: z.infer<typeof notesQuery>,
  ): Promise<z.infer<typeof notePage>> {
    if (!query.contact && !query.deal) {
      const detail = { ru: 'Назовите контакт (contact) или сделку (deal)', en: 'Name a contact or a deal' };
      throw new Invalid([{ path: 'contact', detail }]);
    }
    return this.scope.run(caller.accountId, async (db) => {
      const walk = new Walk('notes', 'created_at');
      if (query.contact) walk.narrow(sql`t.contact_id = ${query.contact}`);
      // The index is by contact, and a deal has one.
      if (query.deal)
        walk.narrow(sql`t.contact_id = (SELECT d.contact_id FROM deals d WHERE d.id = ${query.deal})`).look(sql`t.deal_id = ${query.deal}`);
      const { ids, nextCursor } = await walk.page(db, query.limit, query.cursor);
      return { items: await gatherNotes(db, ids), nextCursor };
    });
  }

  @Post()
  @Roles('owner', 'admin', 'operator')
  @SerializeOptions({ schema: note })
  @ApiResponse({ status: 201, standardSchema: note })
  create(@Caller() caller: Caller, @Body({ schema: createNote }) body: z.infer<typeof createNote>): Promise<Note> {
    return this.scope.run(caller.accountId, async (db) => {
      // Foreign keys do not know accounts: what the ids name is read first, under row-level security.
      const contact = await rowOf(db, `SELECT id FROM contacts WHERE id = $1`, [body.contactId]);
      if (!contact) throw new Invalid([{ path: 'contactId', detail: { ru: 'Такого контакта нет', en: 'There is no such contact' } }]);
      const deal = body.dealId
        ? await rowOf(db, `SELECT id FROM deals WHERE id = $1 AND contact_id = $2`, [body.dealId, body.contactId])
        : undefined;
      if (body.dealId && !deal)
        throw new Invalid([{ path: 'dealId', detail: { ru: 'У контакта нет такой сделки', en: 'The contact has no such deal' } }]);
      const noteId = uuid();
      await db.query(`INSERT INTO notes (id, account_id, contact_id, deal_id, text, author_id) VALUES ($1, $2, $3, $4, $5, $6)`, [
        noteId,
        caller.accountId,
        body.contactId,
        body.dealId ?? null,
        body.text,
        caller.userId,
      ]);
      await this.changes.publish(db, caller.accountId, body.dealId ? { kind: 'deal', id: body.dealId } : { kind: 'conversation' });
      const [made] = await gatherNotes(db, [noteId]);
      return made!;
    });
  }
}

function gatherNotes(db: EntityManager, ids: string[]): Promise<Note[]> {
  return rowsOf<Note>(
    db,
    `SELECT n.id, n.text, u.name AS author, n.created_at AS "createdAt", n.deal_id AS "dealId", n.conversation_id AS "conversationId"
     FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, place)
     JOIN notes n ON n.id = wanted.id
     LEFT JOIN users u ON u.id = n.author_id
     ORDER BY wanted.place`,
    [ids],
  );
}

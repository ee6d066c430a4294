import { Body, Controller, Get, Param, Patch, Query, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { changeContact, contact, contactPage, contactsQuery, type Contact } from '../../api/crm.js';
import { id } from '../../api/page.js';
import { Audit } from '../audit/audit.js';
import { Caller } from '../auth/caller.js';
import { everyone, Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';
import { setters } from '../sql/setters.js';
import { Askable } from '../sql/askable.js';
import { gatherContact, gatherContactIds, gatherContactRows } from './contacts.queries.js';

@ApiTags('Contacts')
@Controller('api/contacts')
export class ContactsController {
  constructor(
    private readonly scope: AccountScope,
    private readonly audit: Audit,
    private readonly changes: Changes,
  ) {}

  @Get()
  @Roles(...everyone)
  @SerializeOptions({ schema: contactPage })
  @ApiResponse({ status: 200, standardSchema: contactPage })
  list(
    @Caller() caller: Caller,
    @Query({ schema: contactsQuery, pipes: [Askable] }) query: z.infer<typeof contactsQuery>,
  ): Promise<z.infer<typeof contactPage>> {
    return this.scope.run(caller.accountId, async (db) => {
      const { ids, nextCursor } = await gatherContactIds(db, query);
      return { items: await gatherContactRows(db, ids), nextCursor };
    });
  }

  @Get(':id')
  @Roles(...everyone)
  @SerializeOptions({ schema: contact })
  @ApiResponse({ status: 200, standardSchema: contact })
  get(@Caller() caller: Caller, @Param('id', { schema: id }) id: string): Promise<Contact> {
    return this.scope.run(caller.accountId, (db) => one(db, id));
  }

  @Patch(':id')
  @Roles('owner', 'admin', 'operator')
  @SerializeOptions({ schema: contact })
  @ApiResponse({ status: 200, standardSchema: contact })
  change(
    @Caller() caller: Caller,
    @Param('id', { schema: id }) id: string,
    @Body({ schema: changeContact }) body: z.infer<typeof changeContact>,
  ): Promise<Contact> {
    return this.scope.run(caller.accountId, async (db) => {
      const found = await rowOf(db, `SELECT id FROM contacts WHERE id = $1 FOR UPDATE`, [id]);
      if (!found) throw new NotFound();
      const { sql, values } = setters({ name: body.name, phone: body.phone, email: body.email, bot: body.bot });
      if (values.length > 0) {
        await db.query(`UPDATE contacts SET ${sql} WHERE id = $${values.length + 1}`, [...values, id]);
        await this.audit.write(db, caller, 'contact.change', id, { fields: Object.keys(body) });
        await this.changes.publish(db, caller.accountId, { kind: 'conversation' });
      }
      return one(db, id);
    });
  }
}

async function one(db: EntityManager, id: string): Promise<Contact> {
  const found = await gatherContact(db, id);
  if (!found) throw new NotFound();
  return found;
}

import { Body, Controller, Get, Put, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { publishPolicy, type PublishPolicy } from '../../api/publishing.js';
import { Audit } from '../audit/audit.js';
import { Caller } from '../auth/caller.js';
import { Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { readPolicy } from './publish-policy.js';

/** What a draft needs to be published in this company. */
@ApiTags('Rule sets')
@Controller('api/publish-policy')
export class PublishPolicyController {
  constructor(
    private readonly scope: AccountScope,
    private readonly audit: Audit,
  ) {}

  @Get()
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: publishPolicy })
  @ApiResponse({ status: 200, standardSchema: publishPolicy })
  show(@Caller() caller: Caller): Promise<PublishPolicy> {
    return this.scope.run(caller.accountId, readPolicy);
  }

  @Put()
  @Roles('owner')
  @SerializeOptions({ schema: publishPolicy })
  @ApiResponse({ status: 200, standardSchema: publishPolicy })
  change(@Caller() caller: Caller, @Body({ schema: publishPolicy }) wanted: PublishPolicy): Promise<PublishPolicy> {
    return this.scope.run(caller.accountId, async (db) => {
      const before = await readPolicy(db);
      await db.query(`UPDATE accounts SET publish_without_warnings = $1, publish_with_tests = $2, publish_coverage = $3`, [
        wanted.withoutWarnings,
        wanted.withTests,
        wanted.coverage,
      ]);
      await this.audit.write(db, caller, 'publish-policy.change', null, { before, after: wanted });
      return readPolicy(db);
    });
  }
}

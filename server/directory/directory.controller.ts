import { Controller, Get, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { directory, type Directory } from '../../api/rule-sets.js';
import { Caller } from '../auth/caller.js';
import { everyone, Roles } from '../auth/roles.js';
import { AccountScope } from '../db/account-scope.js';
import { gatherDirectory } from './directory.queries.js';

@ApiTags('Directory')
@Controller('api/directory')
export class DirectoryController {
  constructor(private readonly scope: AccountScope) {}

  @Get()
  @Roles(...everyone)
  @SerializeOptions({ schema: directory })
  @ApiResponse({ status: 200, standardSchema: directory })
  get(@Caller() caller: Caller): Promise<Directory> {
    return this.scope.run(caller.accountId, gatherDirectory);
  }
}

import { Injectable } from '@nestjs/common';
import { AccountScope } from '../db/account-scope.js';
import type { Reserve } from './batch.js';

/**
 * The account's sequences of conversations and deals (AC-C01). Each number is taken in a transaction of its own: inside the batch's, the account's row would be
 * locked until the batch commits and all channels would wait for one. A batch that rolls back leaves a gap, never a double.
 */
@Injectable()
export class Numbers {
  constructor(private readonly scope: AccountScope) {}

  of(accountId: string): Reserve {
    return async (of, count) => {
      const [row] = await this.scope.lookUp<{ first: string }>('SELECT take_numbers($1, $2, $3) AS first', [accountId, of, count]);
      return Number(row?.first);
    };
  }
}

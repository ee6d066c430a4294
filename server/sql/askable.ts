import { Injectable, type PipeTransform } from '@nestjs/common';
import { Invalid } from '../problem/problems.js';

/** For `@Query` with texts that reach the database: PostgreSQL takes no NUL in a text and would refuse the statement. Throws `Invalid` with the parameter. */
@Injectable()
export class Askable implements PipeTransform {
  transform(query: unknown): unknown {
    for (const [path, value] of Object.entries(query ?? {})) {
      if (typeof value === 'string' && value.includes('\0')) {
        throw new Invalid([{ path, detail: { ru: 'В тексте знак с кодом 0', en: 'The text holds a character with code 0' } }]);
      }
    }
    return query;
  }
}

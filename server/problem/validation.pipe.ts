import { type ArgumentMetadata, Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import { z } from 'zod';
import { en, ru } from 'zod/locales';
import { Invalid, NotFound, type Place } from './problems.js';

const texts = { ru: ru().localeError, en: en().localeError };

/** Checks what `@Body`, `@Query` and `@Param` declare with `{ schema }`: 422 with the places in both languages; an id that is none is 404, like any unknown one. */
@Injectable()
export class ValidationPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const { schema } = metadata;
    if (!(schema instanceof z.ZodType) || !this.toValidate(metadata)) return super.transform(value, metadata);
    this.stripProtoKeys(value);
    const result = schema.safeParse(value, { error: texts.ru });
    if (result.success) return result.data as T;
    if (metadata.type === 'param') throw new NotFound();
    throw new Invalid(placesOf(schema, value));
  }
}

/** What a schema finds wrong in a value, in both languages. Empty when it is right. For checks outside the handlers' arguments. */
export function placesOf(schema: z.ZodType, value: unknown): Place[] {
  const inRussian = schema.safeParse(value, { error: texts.ru }).error?.issues ?? [];
  const inEnglish = schema.safeParse(value, { error: texts.en }).error?.issues ?? [];
  return inRussian.slice(0, mostPlaces).flatMap((issue, at) => {
    const detail = { ru: issue.message, en: inEnglish[at]?.message ?? issue.message };
    if (issue.code !== 'unrecognized_keys') return [{ path: pathText(issue.path), detail }];
    return issue.keys.map((key) => ({ path: pathText([...issue.path, key]), detail }));
  });
}

// A body of 256 kB can be wrong in more places than anybody reads.
const mostPlaces = 100;

/** `nodes[1].settings.text`, as the rule files' paths are written. */
function pathText(path: readonly PropertyKey[]): string {
  return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at ? '.' : ''}${String(part)}`)).join('');
}

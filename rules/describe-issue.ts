import type { z } from 'zod';
import type { Bilingual } from './bilingual.js';

type Issue = z.core.$ZodIssue;

/**
 * Flattens what a schema found into places and texts in both languages. Of a union it shows the variant that came nearest.
 * An unknown key is an issue of its own, at the path of that key.
 */
export function describeIssues(issues: readonly Issue[], base: readonly PropertyKey[] = []): DescribedIssue[] {
  return issues.flatMap((issue): DescribedIssue[] => {
    const path = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...path, key], unknownKey: key, text: unknownKey }));
    if (issue.code === 'invalid_union') {
      const nearest = [...issue.errors].sort((a, b) => nearness(b) - nearness(a))[0];
      if (nearest && nearest.length > 0 && nearness(nearest) > 0) return describeIssues(nearest, path);
    }
    if (issue.code === 'invalid_key' || issue.code === 'invalid_element') return describeIssues(issue.issues, path);
    return [{ path, text: textOf(issue) }];
  });
}

export interface DescribedIssue {
  path: PropertyKey[];
  text: Bilingual;
  /** Set where the trouble is a key that the schema does not know. */
  unknownKey?: string;
}

const unknownKey: Bilingual = { ru: 'неизвестное поле', en: 'unknown key' };

/** How far a variant of a union got: the deeper its first trouble, the likelier it was meant. */
function nearness(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0)));
}

const kinds: Record<string, Bilingual> = {
  string: { ru: 'текст', en: 'a text' },
  number: { ru: 'число', en: 'a number' },
  int: { ru: 'целое число', en: 'a whole number' },
  boolean: { ru: 'true или false', en: 'true or false' },
  array: { ru: 'список', en: 'a list' },
  tuple: { ru: 'список', en: 'a list' },
  object: { ru: 'объект', en: 'an object' },
  record: { ru: 'объект', en: 'an object' },
};

function textOf(issue: Issue): Bilingual {
  switch (issue.code) {
    case 'invalid_type': {
      const kind = kinds[issue.expected] ?? { ru: issue.expected, en: issue.expected };
      return { ru: `ожидается ${kind.ru}`, en: `${kind.en} is expected` };
    }
    case 'invalid_value': {
      const values = issue.values.map((value) => JSON.stringify(value) ?? String(value)).join(', ');
      return { ru: `допустимо только ${values}`, en: `only ${values} is allowed` };
    }
    case 'too_small':
      return { ru: `меньше допустимого (${String(issue.minimum)})`, en: `less than allowed (${String(issue.minimum)})` };
    case 'too_big':
      return { ru: `больше допустимого (${String(issue.maximum)})`, en: `more than allowed (${String(issue.maximum)})` };
    case 'invalid_union':
      return { ru: 'не подходит ни один из допустимых видов значения', en: 'none of the allowed kinds of value fits' };
    case 'invalid_format':
      return inBoth(issue.message) ?? { ru: `не подходит под образец ${issue.pattern}`, en: `does not fit the pattern ${issue.pattern}` };
    default:
      return inBoth(issue.message) ?? { ru: issue.message, en: issue.message };
  }
}

/** A schema's own message holds both languages, parted by ` | `; made to stand inside of a sentence. The library's own hold one. */
function inBoth(message: string): Bilingual | undefined {
  const [ru, en, ...rest] = message.split(' | ');
  if (ru === undefined || en === undefined || rest.length > 0) return undefined;
  return { ru: lowerFirst(ru), en: lowerFirst(en) };
}

/** Leaves abbreviations alone. */
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Lu}/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

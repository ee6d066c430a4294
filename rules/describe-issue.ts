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
    case 'custom':
      return ownText(issue) ?? { ru: issue.message, en: issue.message };
    case 'invalid_format':
      return formatText(issue);
    default:
      return { ru: issue.message, en: issue.message };
  }
}

/** A schema's own message about a format is Russian; English readers get the pattern itself. */
function formatText({ message, format, pattern = format }: z.core.$ZodIssueInvalidStringFormat): Bilingual {
  const own = /^\p{Script=Cyrillic}/u.test(message) ? lowerFirst(message) : `не подходит под образец ${pattern}`;
  return { ru: own, en: `does not fit the pattern ${pattern}` };
}

/** A text in both languages that a schema's own check carries in `params`, made to stand inside of a sentence. */
function ownText({ params }: z.core.$ZodIssueCustom): Bilingual | undefined {
  const text: unknown = params?.text;
  if (typeof text !== 'object' || text === null || !('ru' in text) || !('en' in text)) return undefined;
  return { ru: lowerFirst(String(text.ru)), en: lowerFirst(String(text.en)) };
}

/** Leaves abbreviations alone. */
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Lu}/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

import { recordOf, textOf } from '../form/read-value.js';

/** An event of a test as a line: what was written and by whom, or what happened. */
export function wordsOfEvent(
  event: Readonly<Record<string, unknown>>,
  t: (key: string, values?: Record<string, unknown>) => string,
): string {
  const type = textOf(event['type']);
  const { text, origin, kind } = recordOf(event['message']);
  if (type === 'timer-fired' && event['contact'] === undefined) return t('tests.tick');
  if (type !== 'message-received' && type !== 'message-sent')
    return t(`try.happened.${type}`, { status: textOf(event['status']), defaultValue: type });
  const who =
    type === 'message-sent'
      ? t(`try.author.${textOf(origin) || 'operator'}`)
      : textOf(recordOf(event['contact'])['name']) || t('try.author.client');
  const what = textOf(text) || (textOf(kind) === '' ? '' : t(`try.messageKind.${textOf(kind)}`, { defaultValue: textOf(kind) }));
  return `${who}: ${what}`;
}

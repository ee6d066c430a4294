import { z } from 'zod';
import { isAboutSomebody } from '../../conditions/event-field.js';
import type { Bilingual } from '../../bilingual.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { templateField } from '../../settings/fields.js';
import { checkTemplate } from '../../settings/findings.js';
import { parseTemplate } from '../../text/template.js';
import { examples } from './reply.examples.js';

const attachmentTypes: Record<'image' | 'video' | 'audio' | 'voice' | 'file' | 'sticker' | 'location' | 'contact', Bilingual> = {
  image: { ru: 'Картинка', en: 'Image' },
  video: { ru: 'Видео', en: 'Video' },
  audio: { ru: 'Аудио', en: 'Audio' },
  voice: { ru: 'Голосовое', en: 'Voice' },
  file: { ru: 'Файл', en: 'File' },
  sticker: { ru: 'Стикер', en: 'Sticker' },
  location: { ru: 'Место', en: 'Location' },
  contact: { ru: 'Контакт', en: 'Contact' },
};

const settings = z.strictObject({
  text: templateField.default('').meta({
    label: { ru: 'Текст', en: 'Text' },
    help: {
      ru: '{{Здравствуйте;Добрый день}} — один из вариантов, %NAME% — имя клиента. Пустой текст не отправляется',
      en: '{{Hello;Good day}} is one of the variants, %NAME% the client’s name. An empty text is not sent',
    },
    placeholder: {
      ru: '{{Здравствуйте;Добрый день}}, %NAME%! Ответим утром.',
      en: '{{Hello;Good day}}, %NAME%. We will answer in the morning.',
    },
    widget: 'template',
  }),
  attachments: z
    .array(
      z.strictObject({
        type: z
          .enum(Object.keys(attachmentTypes) as (keyof typeof attachmentTypes)[])
          .meta({ label: { ru: 'Вид', en: 'Kind' }, options: attachmentTypes }),
        url: z
          .string()
          .max(2000)
          .optional()
          .meta({ label: { ru: 'Ссылка', en: 'Link' } }),
        name: z
          .string()
          .max(200)
          .optional()
          .meta({ label: { ru: 'Название', en: 'Name' } }),
        mime: z
          .string()
          .max(200)
          .optional()
          .meta({ label: { ru: 'Тип MIME', en: 'MIME type' } }),
        size: z
          .int()
          .min(0)
          .optional()
          .meta({ label: { ru: 'Размер, байт', en: 'Size, bytes' } }),
      }),
    )
    .max(10)
    .optional()
    .meta({ label: { ru: 'Вложения', en: 'Attachments' }, widget: 'attachments' }),
  hidden: z
    .boolean()
    .default(false)
    .meta({
      label: { ru: 'Только для операторов', en: 'For operators only' },
      help: { ru: 'Клиент не увидит: текст станет примечанием', en: 'The client does not see it: the text becomes a note' },
    }),
});
export type Settings = z.input<typeof settings>;

/** Answers the client, or leaves a note for operators. */
export const reply = defineNode({
  type: 'reply',
  family: 'action',
  icon: 'IconMessageReply',
  title: { ru: 'Автоответчик', en: 'Reply' },
  description: { ru: 'Отвечает клиенту текстом и вложениями', en: 'Answers the client with a text and attachments' },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  reasons: {
    sent: { ru: 'ответ отправляется клиенту', en: 'the answer goes to the client' },
    noted: { ru: 'текст оставлен операторам', en: 'the text is left for operators' },
    empty: { ru: 'отправлять нечего: текст пуст', en: 'there is nothing to send: the text is empty' },
    nobody: { ru: 'отвечать некому', en: 'there is nobody to answer' },
  },
  summary({ text, attachments, hidden }) {
    const files = attachments?.length ?? 0;
    const start = hidden ? { ru: 'Операторам: ', en: 'To operators: ' } : { ru: '', en: '' };
    return {
      ru: `${start.ru}${text.trim() || 'без текста'}${files > 0 ? `, вложений: ${files}` : ''}`,
      en: `${start.en}${text.trim() || 'no text'}${files > 0 ? `, attachments: ${files}` : ''}`,
    };
  },
  check({ text, attachments, hidden }) {
    const findings = checkTemplate(text, 'text');
    if (text.trim() === '' && (hidden || !attachments?.length)) findings.push(sendsNothing);
    if (hidden && attachments?.length) findings.push(hiddenAttachments);
    return findings;
  },
  asks: ({ hidden }) => (hidden ? [] : ['send-message']),
  // What operators alone see is a note.
  answers: ({ hidden }) => !hidden,
  compile({ text, attachments, hidden }, { nodeId, timezone }) {
    const template = parseTemplate(text);
    const files = attachments?.length ? attachments : undefined;
    return ({ event, now }) => {
      if (!isAboutSomebody(event)) return nobody;
      const filled = template.toText({ event, now, timezone, nodeId });
      const isEmpty = filled.trim() === '';
      if (hidden) return isEmpty ? empty : { go: 'next', because: noted, effects: [{ type: 'add-note', text: filled }] };
      if (isEmpty && !files) return empty;
      return {
        go: 'next',
        because: sent,
        effects: [{ type: 'send-message', text: isEmpty ? '' : filled, ...(files && { attachments: files }) }],
      };
    };
  },
  examples,
});

const sent = { key: 'sent' };
const noted = { key: 'noted' };
const empty: Outcome = { go: 'next', because: { key: 'empty' } };
const nobody: Outcome = {
  fail: 'There is nobody to answer: the event has neither a contact nor a conversation nor a message',
  because: { key: 'nobody' },
};

const sendsNothing = {
  code: 'reply-empty',
  severity: 'warning' as const,
  path: 'text',
  text: { ru: 'Текст пуст: ответ не отправится', en: 'The text is empty: no answer is sent' },
  mend: { ru: 'Впишите текст', en: 'Enter a text' },
};

const hiddenAttachments = {
  code: 'reply-hidden-attachments',
  severity: 'warning' as const,
  path: 'attachments',
  text: { ru: 'В примечание для операторов вложения не попадут', en: 'A note for operators holds no attachments' },
  mend: { ru: 'Уберите вложения или отправьте ответ клиенту', en: 'Remove the attachments or send the answer to the client' },
};

import { z } from 'zod';
import { defineNode, type Outcome } from '../../node-type.js';
import { durationField, templateField } from '../../settings/fields.js';
import { checkSubstitutions } from '../../settings/findings.js';
import { inBoth } from '../../settings/refuse.js';
import { parseTemplate } from '../../text/template.js';
import { describeDuration, parseDuration } from '../../time/duration.js';
import { bodyEscape, inUrl } from './escape.js';
import { examples } from './http.examples.js';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Headers that say how the call itself travels: the server's own business. */
const ownHeaders = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'keep-alive',
]);

const headerName = z
  .string()
  .regex(
    /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/,
    inBoth({ ru: 'Имя заголовка — латинские буквы, цифры и дефис', en: 'A header’s name is Latin letters, digits and hyphens' }),
  )
  .refine(
    (name) => !ownHeaders.has(name.toLowerCase()),
    inBoth({ ru: 'Этот заголовок сервер ставит сам', en: 'The server sets this header itself' }),
  );

const settings = z.strictObject({
  method: z
    .enum(methods)
    .default('GET')
    .meta({
      label: { ru: 'Метод', en: 'Method' },
      options: Object.fromEntries(methods.map((method) => [method, { ru: method, en: method }])),
    }),
  url: z
    .string()
    .max(2000)
    // Whom a call goes to is the admin's choice alone, so nothing is substituted up to the path.
    .regex(
      /^https?:\/\/(?:[^\s/?#@%{}\\]+)(?:[/?#]|$)/i,
      inBoth({
        ru: 'Адрес начинается с https:// или http:// и имени сервера; подстановки — только после имени',
        en: 'An address begins with https:// or http:// and a server’s name; substitutions come after that name only',
      }),
    )
    .meta({
      label: { ru: 'Адрес', en: 'Address' },
      help: { ru: 'Подстановки кодируются для адреса', en: 'Substitutions are encoded for an address' },
      placeholder: { ru: 'https://example.org/orders?phone=%PHONE%', en: 'https://example.org/orders?phone=%PHONE%' },
      widget: 'template',
    }),
  headers: z
    .record(headerName, z.string().max(4000))
    .optional()
    .meta({ label: { ru: 'Заголовки', en: 'Headers' }, widget: 'headers' }),
  body: templateField.optional().meta({
    label: { ru: 'Тело', en: 'Body' },
    help: {
      ru: 'Обычно JSON: подстановки в нём становятся частью строки в кавычках',
      en: 'JSON as a rule: substitutions become a part of a text in quotes',
    },
    placeholder: { ru: '{"name": "%NAME%", "text": "%TEXT%"}', en: '{"name": "%NAME%", "text": "%TEXT%"}' },
    widget: 'template',
  }),
  timeout: durationField
    .refine(
      (text) => (parseDuration(text) ?? 0) > 0,
      inBoth({ ru: 'Время должно быть больше нуля', en: 'The time must be longer than nothing' }),
    )
    .default('PT10S')
    .meta({ label: { ru: 'Сколько ждать ответа', en: 'How long to wait for the answer' }, widget: 'duration' }),
});
export type Settings = z.input<typeof settings>;

/** Calls another program over HTTP and goes on with its answer. */
export const http = defineNode({
  type: 'http',
  family: 'wait',
  icon: 'IconWorldUpload',
  title: { ru: 'HTTP-запрос', en: 'HTTP call' },
  description: {
    ru: 'Спрашивает другую программу; ответ — в vars по коду шага',
    en: 'Asks another program; its answer is in vars by the node’s id',
  },
  settings,
  ports: ['ok', 'error'],
  expectedPorts: ['error'],
  claims: () => () => [[{ kind: 'anew', what: 'clock' }]],
  portLabels: { ok: { ru: 'ответила', en: 'ok' }, error: { ru: 'ошибка', en: 'error' } },
  reasons: {
    called: { ru: 'запрос {method} отправлен', en: 'the call {method} is made' },
    answered: { ru: 'ответ с кодом {status}', en: 'the answer has the status {status}' },
    refused: { ru: 'ответ с кодом {status}, а успех — это 2xx', en: 'the answer has the status {status}, and 2xx means success' },
    silent: { ru: 'ответа нет за {seconds} с', en: 'no answer within {seconds} s' },
  },
  summary({ method, url, timeout }) {
    const time = describeDuration(parseDuration(timeout) ?? 0);
    return { ru: `${method} ${url}, ждать ${time.ru}`, en: `${method} ${url}, wait ${time.en}` };
  },
  check: ({ method, url, headers, body }) => [
    ...checkSubstitutions(url, 'url'),
    ...checkSubstitutions(body ?? '', 'body'),
    ...Object.entries(headers ?? {}).flatMap(([name, value]) => checkSubstitutions(value, `headers.${name}`)),
    ...(method === 'GET' && body?.trim() ? [bodyOfGet] : []),
  ],
  compile({ method, url, headers, body, timeout }, { nodeId, timezone }) {
    const address = parseTemplate(url);
    const fields = Object.entries(headers ?? {}).map(([name, value]) => ({ name, value: parseTemplate(value) }));
    const content = body === undefined || method === 'GET' ? undefined : parseTemplate(body);
    const escape = bodyEscape(headers ?? {});
    const length = parseDuration(timeout) ?? 0;
    return ({ event, now }) => {
      const place = { event, now, timezone, nodeId };
      // One header is one line, whatever a client is called.
      const lines = fields.map(
        ({ name, value }) =>
          [
            name,
            value
              .toText(place)
              .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
              .trim(),
          ] as const,
      );
      return {
        wait: { due: now + length, for: 'answer' },
        because: { key: 'called', values: { method } },
        effects: [
          {
            type: 'call-http',
            method,
            url: address.toText({ ...place, escape: inUrl }),
            ...(lines.length > 0 && { headers: Object.fromEntries(lines) }),
            ...(content && { body: content.toText({ ...place, escape }) }),
          },
        ],
      };
    };
  },
  compileWake({ timeout }, { nodeId }) {
    const seconds = (parseDuration(timeout) ?? 0) / 1000;
    const silent: Outcome = { go: 'error', because: { key: 'silent', values: { seconds } }, set: { [nodeId]: { error: 'timeout' } } };
    return (wake) => {
      if (wake.by !== 'answer') return silent;
      const { status, body } = wake;
      const set = { [nodeId]: { status, ...(body !== undefined && { body }) } };
      const isOk = status >= 200 && status <= 299;
      return { go: isOk ? 'ok' : 'error', because: { key: isOk ? 'answered' : 'refused', values: { status } }, set };
    };
  },
  examples,
});

const bodyOfGet = {
  code: 'http-get-body',
  severity: 'warning' as const,
  path: 'body',
  text: { ru: 'У запроса GET тела нет: этот текст не отправится', en: 'A GET call has no body: this text is not sent' },
  mend: { ru: 'Выберите POST или уберите тело', en: 'Choose POST, or remove the body' },
};

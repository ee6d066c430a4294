import type { Claim } from '../../claim.js';
import { z } from 'zod';
import type { Bilingual } from '../../bilingual.js';
import { chatType, messageKind, messageOrigin, surfaceOf } from '../../conditions/event-field.js';
import { chatTypes, messageKinds, messageOrigins, surfaces, type EventType } from '../../event.js';
import { defineNode } from '../../node-type.js';
import {
  channelClaims,
  channelsField,
  channelTest,
  checkChannels,
  emptyTriggerList,
  neverStarts,
  tellChannels,
} from '../../settings/channels.js';
import { chatOptions, kindOptions, originOptions, surfaceOptions } from '../../settings/options.js';
import { examples } from './on-message.examples.js';

const directions: Record<'in' | 'out' | 'any', Bilingual> = {
  in: { ru: 'От клиента', en: 'From the client' },
  out: { ru: 'Клиенту', en: 'To the client' },
  any: { ru: 'В обе стороны', en: 'Both ways' },
};

const settings = z.strictObject({
  direction: z
    .enum(['in', 'out', 'any'])
    .default('in')
    .meta({ label: { ru: 'Направление', en: 'Direction' }, options: directions }),
  channels: channelsField,
  surfaces: z
    .array(z.enum(surfaces).meta({ options: surfaceOptions }))
    .optional()
    .meta({ label: { ru: 'Директ и комментарии', en: 'Direct and comments' }, help: { ru: 'Пусто — всё', en: 'Empty means all' } }),
  chats: z
    .array(z.enum(chatTypes).meta({ options: chatOptions }))
    .optional()
    .meta({ label: { ru: 'Чаты', en: 'Chats' }, help: { ru: 'Пусто — все', en: 'Empty means all' } }),
  kinds: z
    .array(z.enum(messageKinds).meta({ options: kindOptions }))
    .optional()
    .meta({ label: { ru: 'Виды сообщений', en: 'Message kinds' }, help: { ru: 'Пусто — все', en: 'Empty means all' } }),
  origins: z
    .array(z.enum(messageOrigins).meta({ options: originOptions }))
    .optional()
    .meta({ label: { ru: 'Кто написал', en: 'Who wrote' }, help: { ru: 'Пусто — все', en: 'Empty means all' } }),
});
export type Settings = z.input<typeof settings>;

/** Starts on messages; an absent list accepts all. */
export const onMessage = defineNode({
  type: 'on-message',
  family: 'trigger',
  icon: 'IconMessage',
  title: { ru: 'Сообщение', en: 'Message' },
  description: { ru: 'Начинает прогон, когда приходит или уходит сообщение', en: 'Starts a run when a message comes in or goes out' },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  expectedPorts: ['next'],
  summary({ direction, channels, surfaces, chats, kinds, origins }) {
    const lists = [
      channels && channels.length > 0 ? [tellChannels(channels)] : channels && [],
      surfaces?.map((surface) => surfaceOptions[surface]),
      chats?.map((chat) => chatOptions[chat]),
      kinds?.map((kind) => kindOptions[kind]),
      origins?.map((origin) => originOptions[origin]),
    ].filter((list) => list !== undefined);
    const parts = [[directions[direction]], ...lists];
    return {
      ru: parts.map((part) => part.map((text) => text.ru).join(', ')).join('; '),
      en: parts.map((part) => part.map((text) => text.en).join(', ')).join('; '),
    };
  },
  check({ channels, surfaces, chats, kinds, origins, direction }, { account }) {
    const findings = checkChannels(channels, account);
    for (const [path, list] of Object.entries({ surfaces, chats, kinds, origins })) {
      if (list?.length === 0) findings.push(emptyTriggerList(path));
    }
    if (origins?.length && direction === 'out' && origins.every((origin) => origin === 'client')) {
      findings.push(
        neverStarts('origins', {
          ru: 'Клиент не пишет сам себе: шаг не начнётся никогда',
          en: 'A client does not write to themselves: the step never starts',
        }),
      );
    }
    return findings;
  },
  claims({ direction, channels, surfaces, chats, kinds, origins }) {
    const lists = { 'channel.surface': surfaces, 'chat.type': chats, 'message.kind': kinds, 'message.origin': origins };
    const way: Claim[] = [{ kind: 'types', types: typesOf(direction) }, ...channelClaims(channels)];
    for (const [field, list] of Object.entries(lists)) {
      if (list) way.push({ kind: 'field', is: { field, op: 'in', value: list }, holds: true });
    }
    return () => [way];
  },
  accepts({ direction, channels, surfaces, chats, kinds, origins }) {
    const isHere = channelTest(channels);
    return (event) => {
      const isIn = event.type === 'message-received';
      if (!isIn && event.type !== 'message-sent') return false;
      if (direction !== 'any' && isIn !== (direction === 'in')) return false;
      if (!isHere(event)) return false;
      if (surfaces && !surfaces.includes(surfaceOf(event))) return false;
      if (chats && !chats.includes(chatType(event))) return false;
      if (kinds && !kinds.includes(messageKind(event))) return false;
      const origin = origins && messageOrigin(event);
      return !origins || (origin !== undefined && origins.includes(origin));
    };
  },
  examples,
});

function typesOf(direction: 'in' | 'out' | 'any'): EventType[] {
  if (direction === 'any') return ['message-received', 'message-sent'];
  return [direction === 'in' ? 'message-received' : 'message-sent'];
}

import { z } from 'zod';
import type { EventType } from '../event.js';
import { defineNode, type NodeType } from '../node-type.js';
import { channelsField, channelClaims, channelTest, checkChannels, tellChannels } from './channels.js';

const settings = z.strictObject({ channels: channelsField });
export type ChannelTriggerSettings = z.input<typeof settings>;

type Words = Pick<NodeType<typeof settings>, 'type' | 'icon' | 'title' | 'description' | 'examples'>;

/** A trigger that starts on one kind of event, by chosen channels or by all. */
export function channelTrigger(eventType: EventType, words: Words): NodeType<typeof settings> {
  return defineNode({
    ...words,
    family: 'trigger',
    settings,
    ports: ['next'],
    portLabels: { next: { ru: 'дальше', en: 'next' } },
    expectedPorts: ['next'],
    summary({ channels }) {
      if (!channels) return { ru: 'По всем каналам', en: 'On all channels' };
      return channels.length === 0 ? { ru: 'Ни одного канала', en: 'On no channel' } : tellChannels(channels);
    },
    check: ({ channels }, { account }) => checkChannels(channels, account),
    claims:
      ({ channels }) =>
      () => [[{ kind: 'types', types: [eventType] }, ...channelClaims(channels)]],
    accepts({ channels }) {
      const isHere = channelTest(channels);
      return (event) => event.type === eventType && isHere(event);
    },
  });
}

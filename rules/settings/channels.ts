import { z } from 'zod';
import type { Bilingual } from '../bilingual.js';
import type { Claim } from '../claim.js';
import { valueLabel } from '../conditions/field-values.js';
import type { RuleEvent } from '../event.js';
import type { AccountDirectory, Finding } from '../finding.js';
import { checkChannel } from './findings.js';

/** The channels that a trigger listens to, by id or kind; absent means all. */
export const channelsField = z
  .array(z.string())
  .optional()
  .meta({
    label: { ru: 'Каналы', en: 'Channels' },
    help: { ru: 'Каналы или все каналы одного вида; пусто — любые', en: 'Channels, or all of a kind; empty means any' },
    widget: 'channels',
  });

/** The channels for a card: kinds by their names; ids become names where names are known. */
export function tellChannels(channels: readonly string[]): Bilingual {
  const labels = channels.map((channel) => valueLabel('channel.kind', channel));
  return { ru: labels.map(({ ru }) => ru).join(', '), en: labels.map(({ en }) => en).join(', ') };
}

/** Whether an event came by one of the channels. */
export function channelTest(channels: readonly string[] | undefined): (event: RuleEvent) => boolean {
  if (!channels) return () => true;
  const places = new Set(channels);
  return ({ channel }) => places.has(channel?.id ?? '') || places.has(channel?.kind ?? '');
}

/** What is certain of an event that came by one of the channels. */
export function channelClaims(channels: readonly string[] | undefined): Claim[] {
  return channels ? [{ kind: 'channel', among: channels, holds: true }] : [];
}

/** Findings of channels that the account does not have, and of a list that lets none through. */
export function checkChannels(channels: readonly string[] | undefined, account: AccountDirectory | undefined): Finding[] {
  const findings = (channels ?? []).flatMap((channel, place) => checkChannel(account, channel, `channels[${place}]`, ['id', 'kind']));
  return channels?.length === 0 ? [...findings, emptyTriggerList('channels')] : findings;
}

/** A list of a trigger that accepts nothing because it is empty. */
export function emptyTriggerList(path: string): Finding {
  return neverStarts(path, { ru: 'Список пуст: шаг не начнётся никогда', en: 'The list is empty: the step never starts' });
}

/** A warning that a trigger with this setting accepts nothing. */
export function neverStarts(path: string, text: Bilingual): Finding {
  const mend = { ru: 'Выберите хотя бы одно значение или уберите список', en: 'Choose at least one value or remove the list' };
  return { code: 'trigger-never-starts', severity: 'warning', path, text, mend };
}

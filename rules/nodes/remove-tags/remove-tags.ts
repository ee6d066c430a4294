import { tagsAction, type TagsSettings } from '../../settings/tags-action.js';
import { examples } from './remove-tags.examples.js';

export type Settings = TagsSettings;

/** Removes tags from the deal. */
export const removeTags = tagsAction('remove-tags', {
  icon: 'IconTagOff',
  title: { ru: 'Снять теги', en: 'Remove tags' },
  description: { ru: 'Снимает теги со сделки', en: 'Takes tags off the deal' },
  done: { ru: 'сняты теги: {tags}', en: 'tags removed: {tags}' },
  nobody: 'There is nobody to take tags from: the event has neither a contact nor a conversation nor a deal',
  examples,
});

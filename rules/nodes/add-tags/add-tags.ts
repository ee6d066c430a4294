import { tagsAction, type TagsSettings } from '../../settings/tags-action.js';
import { examples } from './add-tags.examples.js';

export type Settings = TagsSettings;

/** Adds tags to the deal. */
export const addTags = tagsAction('add-tags', {
  icon: 'IconTag',
  title: { ru: 'Теги', en: 'Add tags' },
  description: { ru: 'Помечает сделку тегами', en: 'Marks the deal with tags' },
  done: { ru: 'поставлены теги: {tags}', en: 'tags added: {tags}' },
  nobody: 'There is nobody to tag: the event has neither a contact nor a conversation nor a deal',
  examples,
});

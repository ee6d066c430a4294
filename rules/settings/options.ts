import type { Bilingual } from '../bilingual.js';
import type { ChatType, MessageKind, MessageOrigin, Surface } from '../event.js';

/** Names of message kinds. */
export const kindOptions: Record<MessageKind, Bilingual> = {
  text: { ru: 'Текст', en: 'Text' },
  image: { ru: 'Картинка', en: 'Image' },
  video: { ru: 'Видео', en: 'Video' },
  audio: { ru: 'Аудио', en: 'Audio' },
  voice: { ru: 'Голосовое', en: 'Voice' },
  file: { ru: 'Файл', en: 'File' },
  sticker: { ru: 'Стикер', en: 'Sticker' },
  location: { ru: 'Место', en: 'Location' },
  contact: { ru: 'Контакт', en: 'Contact' },
  'story-reply': { ru: 'Ответ на историю', en: 'Story reply' },
  'story-mention': { ru: 'Упоминание в истории', en: 'Story mention' },
  comment: { ru: 'Комментарий', en: 'Comment' },
};

/** Names of chat types. */
export const chatOptions: Record<ChatType, Bilingual> = {
  private: { ru: 'Личная переписка', en: 'Private chat' },
  group: { ru: 'Группа', en: 'Group' },
  comments: { ru: 'Комментарии', en: 'Comments' },
};

/** Names of a channel's surfaces. */
export const surfaceOptions: Record<Surface, Bilingual> = {
  direct: { ru: 'Директ', en: 'Direct' },
  comments: { ru: 'Комментарии', en: 'Comments' },
};

/** Names of who can have written a message. */
export const originOptions: Record<MessageOrigin, Bilingual> = {
  client: { ru: 'Клиент', en: 'Client' },
  operator: { ru: 'Оператор', en: 'Operator' },
  crm: { ru: 'Из CRM', en: 'From the CRM' },
  mailing: { ru: 'Рассылка', en: 'Mailing' },
  phone: { ru: 'В самом мессенджере', en: 'In the messenger itself' },
  rules: { ru: 'Правила', en: 'Rules' },
};

import { anything, eitherClaims, impossible, type Claims } from '../../claim.js';
import { z } from 'zod';
import { defineNode, type Outcome } from '../../node-type.js';
import {
  asWritten,
  checkList,
  decideByList,
  emptyListReason,
  filterPortLabels,
  listLines,
  listModeField,
  passEmptyList,
  summarizeList,
} from '../../settings/block-allow.js';
import { isPost, postList } from '../../text/post-list.js';
import { examples } from './post-filter.examples.js';

const settings = z.strictObject({
  mode: listModeField,
  list: listLines.meta({
    label: { ru: 'Посты', en: 'Posts' },
    help: {
      ru: 'По одному в строке: ссылка или ID. У рекламного поста Instagram две ссылки, впишите обе',
      en: 'One a line: link or id. A promoted Instagram post has two links: enter both',
    },
    placeholder: { ru: 'https://www.instagram.com/p/BcTplj6jxrh/', en: 'https://www.instagram.com/p/BcTplj6jxrh/' },
    widget: 'lines',
  }),
});
export type Settings = z.input<typeof settings>;

/** Filters comments under listed posts, or under all others; what belongs to no post passes, and an empty list filters nothing. */
export const postFilter = defineNode({
  type: 'post-filter',
  family: 'filter',
  icon: 'IconPhotoOff',
  title: { ru: 'Фильтр постов', en: 'Post filter' },
  description: {
    ru: 'Отсеивает комментарии к постам из списка или ко всем, которых в нём нет; сообщение без поста проходит',
    en: 'Filters comments on listed posts, or on all that are not listed; a message without a post passes',
  },
  settings,
  ports: ['pass', 'filtered'],
  portLabels: filterPortLabels,
  reasons: {
    listed: { ru: 'пост есть в списке: {entry}', en: 'the post is listed: {entry}' },
    'not-listed': { ru: 'поста нет в списке', en: 'the post is not listed' },
    'empty-list': emptyListReason,
    'no-post': { ru: 'сообщение не относится к посту', en: 'the message belongs to no post' },
  },
  expectedPorts: ['pass'],
  summary: ({ mode, list }) => summarizeList(mode, asWritten(list), { ru: 'пропускает всё', en: 'everything passes' }),
  check: ({ list }) => checkList(list, isPost, words),
  claims({ mode, list }) {
    const known = list.filter(isPost);
    const [first] = known;
    if (first === undefined) return (port) => (port === 'pass' ? anything : impossible);
    const example = { message: { post: first.includes('/') ? { url: first } : { id: first } } };
    const has = { field: 'message.post', op: 'exists' as const };
    const way = (passes: boolean): Claims => [
      [
        { kind: 'field', is: has, holds: true },
        { kind: 'listed', who: 'post', list: known, holds: passes === (mode === 'allow'), example },
      ],
    ];
    return (port) => (port === 'pass' ? eitherClaims([[{ kind: 'field', is: has, holds: false }]], way(true)) : way(false));
  },
  compile({ mode, list }) {
    const known = list.filter(isPost);
    if (known.length === 0) return () => passEmptyList;
    const find = postList(known);
    const { onListed, onOther } = decideByList(mode);
    return ({ event: { message } }) => {
      const post = message?.post;
      if (!post?.id && !post?.url) return noPost;
      const entry = find(post);
      return entry === undefined ? onOther : onListed(entry);
    };
  },
  examples,
});

const noPost: Outcome = { go: 'pass', because: { key: 'no-post' } };

const words = {
  empty: { ru: 'Список пуст: фильтр пропускает всё', en: 'The list is empty: the filter passes everything' },
  enter: { ru: 'Впишите посты или удалите шаг', en: 'Enter posts or delete the step' },
  unreadable: (line: string) => ({ ru: `Строка «${line}» не называет пост`, en: `The line “${line}” names no post` }),
  write: { ru: 'Впишите ссылку на пост или его ID', en: 'Enter a link to a post or its id' },
};

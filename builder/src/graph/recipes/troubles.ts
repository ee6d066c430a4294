/** What the gallery groups recipes by: troubles in the words of the person who has them. Named by the texts `recipes.trouble.<id>`. */
export interface Trouble {
  id: string;
  /** Ids of recipes (their files in samples/recipes/), the most asked for first. */
  recipes: readonly string[];
}

/** Every recipe stands under one trouble. */
export const troubles: readonly Trouble[] = [
  {
    id: 'away',
    recipes: [
      'autoresponder-night',
      'working-hours-bot',
      'autoresponder-telegram',
      'autoresponder-whatsapp',
      'autoresponder-vk',
      'autoresponder-avito',
      'autoresponder-instagram',
      'missed-call-answer',
    ],
  },
  {
    id: 'noise',
    recipes: [
      'word-filter-except',
      'emoji-filter',
      'blacklist-telegram',
      'blacklist-whatsapp',
      'blacklist-instagram',
      'blacklist-exceptions',
      'word-filter-only',
      'emoji-allowed',
      'word-tags',
    ],
  },
  { id: 'score', recipes: ['score-after-closing', 'score-by-button'] },
  { id: 'people', recipes: ['responsible-kept', 'responsible-by-source', 'queue-in-turn', 'queue-least-loaded'] },
  { id: 'subscribers', recipes: ['subscription-message'] },
  {
    id: 'slow',
    recipes: [
      'reply-overdue',
      'first-answer-kpi',
      'task-one-per-deal',
      'task-every-message',
      'notify-responsible',
      'notify-chosen-always',
      'notices-by-channel',
    ],
  },
  { id: 'same-questions', recipes: ['first-message-answer', 'price-list', 'intro-phrases'] },
  {
    id: 'deals',
    recipes: [
      'stage-always-same',
      'stage-by-source',
      'words-to-stage',
      'new-deal-on-closed',
      'add-to-closed-deal',
      'deal-tags',
      'deal-tags-substitutions',
      'deal-fields',
    ],
  },
  { id: 'robot', recipes: ['stage-robot', 'stage-robot-later', 'consent'] },
  { id: 'endless', recipes: ['auto-close', 'close-on-final-stage', 'mark-read'] },
  {
    id: 'groups',
    recipes: [
      'groups-off',
      'group-blacklist',
      'group-whitelist',
      'post-blacklist',
      'post-whitelist',
      'telegram-personal-only',
      'telegram-comments-only',
      'telegram-comments-and-personal',
      'ignore-story-mentions',
      'ignore-story-replies',
      'story-stickers-off',
    ],
  },
  { id: 'mailings', recipes: ['hold-mailings-until-reply', 'hold-mailings-for-good', 'mailing-word-filter'] },
  { id: 'sources', recipes: ['click-source-code', 'link-click-note', 'export-by-channel'] },
];

/** Recipes that do the same on any channel: the kinds in their files are an example and no condition. */
export const forAnyChannel: ReadonlySet<string> = new Set(['working-hours-bot', 'first-message-answer', 'price-list', 'emoji-filter']);

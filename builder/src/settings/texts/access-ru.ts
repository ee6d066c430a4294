import type { TextTree } from '../../i18n.js';

/** Tokens and sessions, in Russian. */
export const accessRu: TextTree = {
  tokens: {
    text: 'Токен пускает программу в API с правами роли. Передавайте его в заголовке Authorization: Bearer.',
    name: 'Для чего',
    namePlaceholder: 'Отчёты в таблицу',
    create: 'Создать токен',
    created: 'Токен «{{name}}»',
    createdHelp: 'Показывается один раз. Скопируйте его сейчас.',
    none: 'Токенов пока нет.',
    lastUsed: 'Последний запрос',
    by: 'Создал',
    revoke: 'Отозвать',
    revokeTitle: 'Отозвать токен «{{name}}»?',
    revokeText: 'Программы с этим токеном сразу потеряют доступ.',
  },
  sessions: {
    text: 'Где вы вошли. Незнакомый сеанс завершите и смените пароль.',
    current: 'этот',
    lastSeen: 'Последний запрос',
    started: 'Начат',
    unknown: 'Неизвестный браузер',
    end: 'Завершить',
    endOf: 'Завершить сеанс: {{agent}}',
    endOthers: 'Завершить все остальные',
    endOthersTitle: 'Завершить все сеансы, кроме этого?',
    endOthersText: 'На других устройствах придётся войти заново.',
  },
};

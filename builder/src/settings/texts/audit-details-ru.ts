import type { TextTree } from '../../i18n.js';

/** What stands in the details of the log, in Russian. */
export const auditDetailsRu: TextTree = {
  details: {
    yes: 'да',
    no: 'нет',
    version: 'Версия',
    before: 'До этого',
    after: 'Стало',
    reason: 'Причина',
    unmet: 'Не выполнено',
    waiting: 'Ожидавшие беседы',
    share: 'Доля клиентов, %',
    limits: 'Пределы',
    days: 'Дней',
    events: 'Событий',
    number: 'Номер',
    fields: 'Поля',
    messages: 'Сообщений',
    was: 'Было',
    role: 'Роль',
    name: 'Название',
    active: 'Работает в компании',
    group: 'Группа',
    enabled: 'Включено',
    priority: 'Место в списке',
    timezone: 'Часовой пояс',
    answerAgeSeconds: 'Отвечать на сообщения не старше, секунд',
    sendingStopped: 'Отправка остановлена',
    exampleDesk: 'С примером',
    withoutWarnings: 'Без замечаний',
    withTests: 'Хотя бы с одной проверкой',
    coverage: 'Проверки доходят до, %',
    of: {
      unmet: {
        'policy-warnings': 'есть замечания',
        'policy-tests': 'нет проверок',
        'policy-coverage': 'проверки доходят не до всех шагов',
      },
      role: { owner: 'владелец', admin: 'администратор', analyst: 'аналитик', operator: 'оператор' },
    },
  },
};

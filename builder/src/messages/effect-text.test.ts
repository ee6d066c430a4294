import { effectDetail } from './effect-text.js';

const nameOf = (id: string) => ({ u1: 'Ольга', responsible: 'ответственный' })[id] ?? id;

test.each([
  [{ type: 'send-message', text: 'Здравствуйте' }, 'Здравствуйте'],
  [{ type: 'add-tags', tags: ['ночь', 'telegram'] }, 'ночь, telegram'],
  [{ type: 'set-stage', pipeline: 'Воронка', stage: 'Переговоры' }, 'Воронка → Переговоры'],
  [{ type: 'set-stage', stage: 'Переговоры' }, 'Переговоры'],
  [{ type: 'assign-responsible', user: 'u1' }, 'Ольга'],
  [{ type: 'notify', to: ['responsible', 'u1', 'u9'], text: 'Жалоба' }, 'ответственный, Ольга, u9: Жалоба'],
  [{ type: 'create-task', to: 'u1', text: 'Ответить клиенту', due: '2026-11-18T10:00:00Z' }, 'Ольга: Ответить клиенту'],
  [{ type: 'open-deal' }, ''],
  [{ type: 'set-field', entity: 'deal', field: 'Город', value: 'Тверь' }, 'Город: Тверь'],
  [{ type: 'assign-conversation', user: 'u1' }, 'Ольга'],
  [{ type: 'export', to: ['amo-1', 'b24'] }, 'amo-1, b24'],
  [{ type: 'record-score', score: 9, scale: '0-10', bucket: 'promoter' }, '9 (0-10)'],
  [{ type: 'call-http', method: 'POST', url: 'https://shop.example/hook' }, 'https://shop.example/hook'],
  [{ type: 'close-conversation' }, ''],
])('%j', (body, text) => expect(effectDetail(body, nameOf)).toBe(text));

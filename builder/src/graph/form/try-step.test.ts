import { nodeTypes } from '../../../../rules/index.js';
import { previewTexts } from './try-step.js';
import { emptyDirectory } from './widget.js';

function previews(type: string, name: string, text: string): string[] {
  const nodeType = nodeTypes.get(type);
  if (!nodeType) throw new Error(`no ${type}`);
  const scope = {
    nodeType,
    nodeId: 'n',
    settings: { [name]: text },
    timezone: 'Europe/Moscow',
    directory: emptyDirectory,
    readOnly: false,
    widgets: {},
  };
  return previewTexts(scope, name, 'ru');
}

it('shows every variant of every choice, in their order', () => {
  expect(previews('reply', 'text', '{{Раз;Два;Три;Четыре;Пять;Шесть;Семь}}, %NAME%. {{Ждём;Ответим}}')).toEqual([
    'Раз, Анна Петрова. Ждём',
    'Два, Анна Петрова. Ответим',
    'Три, Анна Петрова. Ждём',
    'Четыре, Анна Петрова. Ответим',
    'Пять, Анна Петрова. Ждём',
    'Шесть, Анна Петрова. Ответим',
    'Семь, Анна Петрова. Ждём',
  ]);
});

it.each([
  ['tags as they will be set', 'add-tags', 'tags', '{{опт;розница}}, %CHANNEL%', ['опт, Telegram', 'розница, Telegram']],
  ['a question, though the step waits for its answer', 'ask-score', 'question', '%NAME%, как вам?', ['Анна Петрова, как вам?']],
  ['nothing of a text that is empty', 'reply', 'text', '{{ ;}}', []],
])('shows %s', (_, type, name, text, shown) => {
  expect(previews(type, name, text)).toEqual(shown);
});

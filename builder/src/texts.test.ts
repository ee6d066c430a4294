import { auditActions } from '../../api/people.js';
import { channelsTexts } from './channels/texts.js';
import { conversationsTexts } from './conversations/texts.js';
import { crmTexts } from './crm/texts.js';
import { chooseLanguage, type TextTree } from './i18n.js';
import { messagesTexts } from './messages/texts.js';
import { sessionTexts } from './session/texts.js';
import { settingsTexts } from './settings/texts.js';
import { uiTexts } from './ui/texts.js';

const all = Object.entries({ uiTexts, sessionTexts, messagesTexts, channelsTexts, conversationsTexts, crmTexts, settingsTexts });
const plural = /_(one|few|many|other)$/;

/** `a.b` and the places of its text; plural forms are one key, which needs all forms of its language. */
function keysOf(tree: TextTree, forms: readonly string[], path = ''): string[] {
  return Object.entries(tree).flatMap(([name, value]) => {
    if (typeof value !== 'string') return keysOf(value, forms, `${path}${name}.`);
    const places = [...value.matchAll(/\{\{(\w+)\}\}/g)].map(([, place]) => String(place)).sort();
    if (!plural.test(name)) return [`${path}${name} ${places.join()}`];
    const stem = name.replace(plural, '');
    for (const form of forms) expect(tree).toHaveProperty([`${stem}_${form}`]);
    return name.endsWith('_one') ? [`${path}${stem} ${places.join()}`] : [];
  });
}

test.each(all)('%s say the same in both languages, with the same places', (_name, { ru, en }) => {
  expect(keysOf(en, ['one', 'other']).sort()).toEqual(keysOf(ru, ['one', 'few', 'many']).sort());
});

test.each(all)('%s are calm: no exclamation marks, nothing empty', (_name, texts) => {
  expect(JSON.stringify(texts)).not.toMatch(/!|""/);
});

test('the log of actions has words for every action', () => {
  const told = Object.keys(Object(settingsTexts.ru['actions'])).sort();
  expect(told).toEqual(auditActions.map((action) => action.replaceAll('.', '_')).sort());
});

test('the language is the first of the browser’s that is spoken here', () => {
  expect(chooseLanguage(['de-DE', 'en-US', 'ru'])).toBe('en');
  expect(chooseLanguage(['uk', 'ru-RU'])).toBe('ru');
  expect(chooseLanguage(['fr'])).toBe('ru');
});

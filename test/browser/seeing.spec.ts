import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { addRuleSet, expect, selectStep, test, type TestGraph, writeAsVisitor } from './desk.js';

/** A trigger, then filters one after the other over many rows; the last one's messages are answered. 200 steps. */
function longGraph(): TestGraph {
  const filters = Array.from({ length: 198 }, (_, index) => ({
    id: `f${index}`,
    type: 'word-filter',
    title: `Фильтр ${index}`,
    settings: { mode: 'except', patterns: `слово${index}` },
    position: [320 * ((index % 20) + 1), 220 * Math.floor(index / 20)] as [number, number],
  }));
  const chain = ['in', ...filters.map(({ id }) => id), 'answer'];
  return {
    nodes: [
      { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
      ...filters,
      { id: 'answer', type: 'reply', title: 'Ответ в самом конце', settings: { text: 'Дошло до конца' }, position: [320 * 21, 220 * 9] },
    ],
    edges: chain.slice(1).map((to, index) => ({ from: `${chain[index]}.${index === 0 ? 'next' : 'pass'}`, to })),
  };
}

test('in a graph of 200 steps: two clicks from the log to the step that answered; counts on wires with their last messages; why', async ({
  page,
  call,
}) => {
  const id = await addRuleSet(call, 'Длинные правила', longGraph(), true);
  await writeAsVisitor(call, 'Борис Двести', 'сколько стоит сто двадцатый диван');
  await writeAsVisitor(call, 'Вера Фильтр', 'мне слово120 диван');
  await expect.poll(async () => (await call<Counts>('GET', `/api/rule-sets/${id}/counts`)).nodes['f0']).toBe(2);

  // 1: the row of the log. 2: «Почему?».
  await page.goto('/messages');
  await page.getByRole('row').filter({ hasText: 'сто двадцатый диван' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Дошло до конца' })).toContainText('отправил шаг «Ответ в самом конце»');
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('решил шаг «Ответ в самом конце»');
  await runOf(drawer, 'Длинные правила').getByRole('link', { name: 'Почему?' }).click();
  const answer = page.locator('.react-flow__node[data-id="answer"]');
  await expect(answer).toBeInViewport({ ratio: 0.99 });
  await expect(answer).toHaveClass(/selected/);
  await expect.poll(async () => (await answer.boundingBox())?.width ?? 0).toBeGreaterThan(150);
  await expect(page.getByRole('region', { name: 'Почему так' })).toContainText('Решил шаг «Ответ в самом конце»');

  // The one that was dropped, from the open graph: its words in the search, then the message.
  await page.goto(`/rules/${id}`);
  const canvas = page.locator('[data-canvas]');
  await page.getByRole('button', { name: 'Показать всё' }).click();
  // Seen whole, cards are blocks; wires end where the exits are, also of a card that has just grown.
  await expect(canvas).toHaveAttribute('data-far', 'true');
  await answer.click();
  // The panel took room from the canvas, and what is out of sight is not in the page.
  await page.getByRole('button', { name: 'Показать всё' }).click();
  const height = () => answer.evaluate((card) => (card as HTMLElement).offsetHeight);
  const before = await height();
  await page.getByRole('textbox', { name: 'Текст' }).fill('Дошло до конца. '.repeat(5));
  await expect.poll(height).toBeGreaterThan(before);
  await expect(page.locator('.react-flow__edge')).toHaveCount(199);
  await page.keyboard.press('Control+z');
  await canvas.focus();
  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: 'Найти в графе' }).fill('мне слово120');
  await page.getByRole('list', { name: 'Сообщения с этим текстом' }).getByRole('link').click();
  await expect(page.locator('.react-flow__node[data-id="f120"]')).toBeInViewport({ ratio: 0.99 });
  const reason = page.getByRole('region', { name: 'Почему так' });
  await expect(reason).toContainText('Решил шаг «Фильтр 120»');
  await expect(reason).toContainText('нашлось слово „слово120“');
  // What would have had to differ for it to be answered.
  const differ = page.getByRole('region', { name: 'Что должно отличаться' });
  await differ.getByRole('combobox', { name: 'Почему шаг не сработал' }).click();
  await page.getByRole('option', { name: 'Ответ в самом конце' }).click();
  await expect(differ.getByRole('status')).toContainText('Фильтр 120');

  // The same numbers on the wires of the draft, live.
  await page.goto(`/rules/${id}?at=f120`);
  await layer(page, 'Сколько прошло за сутки');
  const dropped = page.getByRole('button', { name: /^«Фильтр 120», выход «отфильтровано»: прошло 1/i });
  await expect(dropped).toBeVisible();
  await dropped.focus();
  const last = page.getByRole('list', { name: 'Последние на этом выходе' });
  await expect(last).toContainText('мне слово120 диван');
  await expect(last).toContainText('Вера Фильтр');
  // The pointer on a wire shows the last that went along it.
  await page.keyboard.press('Escape');
  await dropped.blur();
  await expect(last).toBeHidden();
  await page.locator('.react-flow__edge[data-id="f120.pass>f121"] .react-flow__edge-interaction').hover();
  await expect(last).toContainText('сколько стоит сто двадцатый диван');
  await writeAsVisitor(call, 'Глеб Третий', 'и ещё один диван');
  await expect(page.getByRole('button', { name: /^«Фильтр 120», выход «прошло»: прошло 2/i })).toBeVisible();
  // The choice stays with the person.
  await page.goto(`/rules/${id}?at=f120`);
  await expect(page.getByRole('note')).toContainText('Сколько прошло за сутки');
  await page.getByRole('button', { name: /^«Фильтр 120», выход «отфильтровано»/i }).click();
  await last.getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Прогон: Длинные правила' })).toBeVisible();
});

test('what a step did, as a panel and as a table to take away; who answers when, and from there to the step', async ({ page, call }) => {
  const id = await addRuleSet(call, 'Ночной ответ', night, true);
  await writeAsVisitor(call, 'Дина Показатель', 'ромашковый чай');
  await expect.poll(async () => (await call<Counts>('GET', `/api/rule-sets/${id}/counts`)).nodes['night']).toBe(1);

  await page.goto(`/rules/${id}`);
  await selectStep(page, page.locator('.react-flow__node[data-id="night"]'));
  await page.getByRole('radiogroup', { name: 'Что показать о шаге' }).getByText('Показатели').click();
  const exits = page.getByRole('list', { name: 'Выходы' });
  await expect(exits).toContainText('1 · 100 %');
  await page.getByRole('combobox', { name: 'Какой версии' }).click();
  await page.getByRole('option', { name: 'Версия 1, действует' }).click();
  await expect(exits).toContainText('1 · 100 %');

  await page.getByRole('link', { name: 'Все шаги таблицей' }).click();
  const table = page.getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(4);
  await table.getByRole('button', { name: 'Шаг' }).click();
  await expect(table.getByRole('columnheader', { name: 'Шаг' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(table.getByRole('row').nth(1)).toContainText('Вход');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Скачать CSV' }).click()]);
  const text = readFileSync(await file.path(), 'utf8');
  expect(file.suggestedFilename()).toBe('Ночной ответ.csv');
  expect(text.split('\r\n')[0]).toBe('\uFEFFШаг;Сработал;Ответов;Отброшено;Ошибок;Не доставлено;Оценки;Ответ через;Последний раз;NPS');
  expect(text).toContain('\r\nНочь?;1;0;0;0;0;;;');

  // Of all rules that are on; those of other tests answer as well.
  await page.goto('/rules');
  await page.getByRole('link', { name: 'Кто отвечает когда' }).click();
  const week = page.getByRole('grid', { name: 'Кто отвечает когда' });
  await expect(week.getByRole('button')).toHaveCount(7 * 24);
  // The example desk greets whoever writes for the first time.
  await expect(page.getByRole('table', { name: 'Что значат буквы' })).toContainText('Ответ днём');
  await page.getByLabel('Что пишет клиент').fill('слово3');
  await expect(week.getByRole('button', { name: /^пн 23:00 · .*«Ответ ночью»/ })).toBeVisible();
  await page
    .getByRole('table', { name: 'Что значат буквы' })
    .getByRole('link', { name: 'Ночной ответ: шаг «Ответ ночью»' })
    .first()
    .click();
  const answer = page.locator('.react-flow__node[data-id="sleep"]');
  await expect(answer).toHaveClass(/selected/);
  await expect(answer).toBeInViewport();
});

/** An answer by night. */
const night: TestGraph = {
  nodes: [
    { id: 'in', type: 'on-message', title: 'Вход', settings: {}, position: [0, 0] },
    { id: 'night', type: 'time-window', title: 'Ночь?', settings: { from: '22:00', to: '21:59' }, position: [320, 0] },
    { id: 'sleep', type: 'reply', title: 'Ответ ночью', settings: { text: 'Ответим утром' }, position: [640, 0] },
  ],
  edges: [
    { from: 'in.next', to: 'night' },
    { from: 'night.inside', to: 'sleep' },
  ],
};

interface Counts {
  nodes: Record<string, number>;
}

function runOf(drawer: ReturnType<Page['getByRole']>, name: string) {
  return drawer
    .locator('div')
    .filter({ has: drawer.page().getByText(name, { exact: true }) })
    .filter({ has: drawer.page().getByRole('link', { name: 'Почему?' }) })
    .last();
}

async function layer(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Слой поверх холста' }).click();
  await page.getByRole('menuitemradio', { name }).click();
}

import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { addRuleSet, type Call, expect, newVisitor, owner, test, type TestGraph } from './desk.js';

/** Answers whoever asks for a fern, unless an artificial one is meant. */
const ferns: TestGraph = {
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'asks', type: 'word-match', title: 'Про папоротник?', settings: { patterns: 'папоротник*' }, position: [320, 0] },
    { id: 'spam', type: 'word-filter', title: 'Только живые', settings: { mode: 'except', patterns: 'искусствен*' }, position: [640, 0] },
    { id: 'price', type: 'reply', title: 'Цена папоротника', settings: { text: 'Папоротник стоит 300 рублей' }, position: [960, 0] },
  ],
  edges: [
    { from: 'in.next', to: 'asks' },
    { from: 'asks.yes', to: 'spam' },
    { from: 'spam.pass', to: 'price' },
  ],
};

test('from the log to the conversation; each bubble says who wrote it, and why; to the run on the canvas and what would have to differ', async ({
  page,
  call,
}) => {
  const rules = `Папоротники ${randomUUID().slice(0, 8)}`;
  const id = await addRuleSet(call, rules, ferns, true);
  const write = await newVisitor(call, 'Зоя Садовая');
  await write('Почём папоротник комнатный?');
  await page.goto('/messages');
  const row = page.getByRole('row').filter({ hasText: 'Почём папоротник комнатный?' });
  await row.getByRole('link', { name: /^Открыть беседу №/ }).click();
  await expect(page.getByRole('heading', { name: /^Беседа № \d+$/, level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Зоя Садовая' })).toHaveAttribute('href', /^\/contacts\//);

  // What the rules answered: set, version, step on the bubble; the rest in the drawer, which the address keeps.
  const answer = bubble(page, `Правило «${rules}», версия 1, шаг «Цена папоротника»`, 'Папоротник стоит 300 рублей');
  await expect(answer).toContainText(`Правило «${rules}», версия 1, шаг «Цена папоротника»`);
  await expect(answer).toContainText(/Отправлено|Доставлено|Прочитано/);
  await whyOf(answer).click();
  const drawer = page.getByRole('dialog', { name: 'Сообщение' });
  await expect(drawer).toContainText(`отправил шаг «Цена папоротника», правило «${rules}», версия 1`);
  await expect(runOf(drawer, rules)).toContainText('решил шаг «Цена папоротника»');
  const shared = page.url();
  expect(shared).toContain('message=');
  await page.goBack();
  await expect(drawer).toBeHidden();
  await page.goto(shared);
  await expect(drawer).toContainText('Папоротник стоит 300 рублей');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();

  // The client's own, which a step dropped meanwhile: by the keyboard alone, from the bubble to the canvas.
  await write('Искусственный папоротник');
  const dropped = bubble(page, 'Зоя Садовая', 'Искусственный папоротник');
  await expect(dropped).toContainText(`отфильтровано на шаге «Только живые», правило «${rules}»`);
  await page.getByRole('link', { name: /^В журнале/ }).focus();
  await tabTo(page, whyOf(dropped));
  await page.keyboard.press('Enter');
  const run = runOf(drawer, rules);
  await expect(run).toContainText('версия 1');
  await expect(run).toContainText('решил шаг «Только живые»: нашлось слово „Искусственный“');
  await tabTo(page, run.getByRole('link', { name: 'Почему?' }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/rules/${id}\\?`));
  await expect(page.locator('.react-flow__node[data-id="spam"]')).toHaveClass(/selected/);
  await expect(page.getByRole('region', { name: 'Почему так' })).toContainText('Решил шаг «Только живые»');

  // Back on the message, and one press to what would have led to the answer.
  await page.goBack();
  await runOf(drawer, rules).getByRole('link', { name: 'Что должно отличаться' }).click();
  const differ = page.getByRole('region', { name: 'Что должно отличаться' });
  await expect(differ).toBeInViewport();
  await expect(differ.getByRole('combobox', { name: 'Почему шаг не сработал' })).toHaveValue('Цена папоротника');
  await expect(differ.getByRole('status')).toContainText('Только живые');
  await page.getByRole('link', { name: 'Открыть беседу' }).click();
  await expect(page).toHaveURL(/\/conversations\/.+at=/);
  await expect(dropped).toBeInViewport();
  // Other specs write to the same desk.
  await call('PATCH', `/api/rule-sets/${id}`, { enabled: false });
});

test('a long conversation opens at its newest message, is read upwards without a jump and leaves its reader where he is; people answer and close', async ({
  page,
  call,
}) => {
  const name = `Лев Долгий ${randomUUID().slice(0, 8)}`;
  const write = await newVisitor(call, name);
  await write('Расскажите обо всём');
  const id = await conversationOf(call, name);
  for (let part = 1; part <= 54; part++) await call('POST', `/api/conversations/${id}/messages`, { text: `Часть ${part}` });
  await page.setViewportSize({ width: 390, height: 700 });
  await page.goto(`/conversations/${id}`);
  const thread = page.getByRole('region', { name: 'Переписка' });
  await expect(bubble(page, owner.name, 'Часть 54')).toBeInViewport();
  await expect(page.getByText('Часть 2', { exact: true })).toHaveCount(0);

  // What is read at the top stands where it stood when the earlier ones have come above it.
  const top = thread.getByRole('article').nth(1);
  const handle = await top.elementHandle();
  const place = await handle?.evaluate((element) => {
    element.closest('[tabindex]')?.scrollTo({ top: 0 });
    return element.getBoundingClientRect().top;
  });
  await expect(page.getByText('Часть 2', { exact: true })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Показать более ранние' })).toHaveCount(0);
  expect(place).toBeGreaterThan(0);
  expect(await handle?.evaluate((element) => element.getBoundingClientRect().top)).toBeCloseTo(place ?? 0, 0);

  // A message that comes is told and moves nothing.
  await write('А ещё один вопрос');
  await page.getByRole('button', { name: /^\d+ нов/ }).click();
  const last = bubble(page, name, 'А ещё один вопрос');
  await expect(last).toBeInViewport();
  await expect(page.getByRole('button', { name: 'К последнему сообщению' })).toHaveCount(0);

  // At the end new ones come into sight by themselves.
  await page.getByRole('textbox', { name: 'Ответить клиенту' }).fill('Отвечаю по порядку');
  await page.keyboard.press('Control+Enter');
  const own = bubble(page, owner.name, 'Отвечаю по порядку');
  await expect(own).toBeInViewport();
  await expect(own).toContainText(/Отправлено|Доставлено|Прочитано/);
  await expect(page.getByRole('textbox', { name: 'Ответить клиенту' })).toHaveValue('');
  await page.getByRole('button', { name: 'Закрыть беседу' }).click();
  await expect(page.getByText('Следующее сообщение клиента откроет новую.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Ответить клиенту' })).toHaveCount(0);

  // An address may ask for one message, however long ago it was written.
  const { items } = await call<{ items: { id: string }[] }>('GET', `/api/messages?conversation=${id}&limit=200`);
  await page.goto(`/conversations/${id}?at=${items.at(-1)?.id}`);
  await expect(bubble(page, name, 'Расскажите обо всём')).toBeInViewport();
  await expect(bubble(page, name, 'Расскажите обо всём')).toHaveAttribute('aria-current', 'true');

  // The log's row and the contact's page lead here; an address of nothing says so.
  await page.getByRole('link', { name }).click();
  const list = page.getByRole('region', { name: 'Беседы' });
  await expect(list.getByRole('link', { name: /^В журнале/ })).toHaveAttribute('href', `/messages?conversation=${id}`);
  await list.getByRole('link', { name: /^Беседа №/ }).click();
  await expect(thread).toBeVisible();
  for (const path of [`conversations/${randomUUID()}`, 'conversations/nothing', `contacts/${randomUUID()}`, 'deals/nothing']) {
    await page.goto(`/${path}`);
    await expect(page.getByRole('heading', { name: 'Такой страницы нет' })).toBeVisible();
  }
});

function bubble(page: Page, who: string, text: string): Locator {
  return page
    .getByRole('region', { name: 'Переписка' })
    .getByRole('article', { name: `${who}, ` })
    .filter({ has: page.getByText(text, { exact: true }) });
}

function whyOf(message: Locator): Locator {
  return message.getByRole('button', { name: /^Почему\? / });
}

function runOf(drawer: Locator, name: string): Locator {
  return drawer.locator('.mantine-Paper-root').filter({ has: drawer.page().getByText(name, { exact: true }) });
}

/** Presses Tab until what is looked for has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let press = 0; press < 60; press++) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error('the keyboard does not get there');
}

async function conversationOf(call: Call, name: string): Promise<string> {
  let id = '';
  const find = async () => {
    const { items } = await call<{ items: { id: string }[] }>('GET', `/api/conversations?q=${encodeURIComponent(name)}`);
    id = items[0]?.id ?? '';
    return id;
  };
  await expect.poll(find).not.toBe('');
  return id;
}

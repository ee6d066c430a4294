import type { Browser, Page } from '@playwright/test';
import { chatUrl, company, expect, owner, selectStep, setUpLink, test, writeInChat } from './desk.js';

test.describe.configure({ mode: 'serial' });

/** The example answers by the time of day: both replies, so that the hour of the test does not matter. */
const replies = ['Ответ ночью', 'Ответ днём'];
const oldAnswer = /Мы на связи с 9:00|Сообщение получили/;
const newAnswer = 'Спасибо, отвечает новая версия.';

test('the set-up link makes the owner and opens the rules of the example desk', async ({ page }) => {
  await page.goto(setUpLink());
  await page.getByLabel('Название компании').fill(company);
  await page.getByLabel('Ваше имя').fill(owner.name);
  await page.getByLabel('Почта для входа').fill(owner.email);
  await page.getByLabel('Пароль', { exact: true }).fill(owner.password);
  await expect(page.getByLabel('Показать на примере')).toBeChecked();
  await page.getByRole('button', { name: 'Начать работу' }).click();

  await expect(page.getByRole('heading', { name: 'Правила', level: 1 })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Приём обращений' })).toContainText('Опубликована версия 1');
  await expect(page.getByRole('row').filter({ hasText: 'Вопросы о доставке' })).toContainText('Черновик');

  await page.goto(setUpLink());
  await expect(page.getByText('ссылка больше не действует')).toBeVisible();
});

test('a client writes in the web chat; the answer, the log and «Почему?» follow at once', async ({ page, call, browser }) => {
  await page.goto('/messages');
  await expect(page.getByRole('heading', { name: 'Сообщения', level: 1 })).toBeVisible();
  const chat = await openChat(browser, await chatUrl(call));
  await writeInChat(chat, 'Здравствуйте');
  await expect(chat.getByRole('log')).toContainText(oldAnswer);

  const row = page.getByRole('row').filter({ hasText: 'Здравствуйте' }).filter({ hasText: '(вх)' });
  await expect(row).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: '(исх)' }).first()).toContainText(oldAnswer);

  await row.click();
  await page.getByRole('dialog').getByRole('link', { name: 'Почему?' }).click();
  await expect(page.getByRole('heading', { name: 'Прогон: Приём обращений' })).toBeVisible();
  const taken = page.locator('.react-flow__node [class*=taken]');
  await expect(taken.first()).toBeVisible();
  const steps = page.getByRole('list', { name: 'Путь по шагам' }).getByRole('listitem');
  await expect(taken).toHaveCount(await steps.count());
  await expect(steps.nth(1)).toContainText('Реклама');
  await expect(page.locator('.react-flow__node[data-id=first]')).toContainText('условие выполнено');
  await expect(page.locator('.react-flow__node[data-id=junk] [class*=dim]')).toBeVisible();
});

test('a changed answer goes out once it is published, and the earlier one again after a rollback', async ({ page, call, browser }) => {
  const url = await chatUrl(call);
  await page.goto('/rules');
  await page.getByRole('link', { name: 'Приём обращений', exact: true }).click();
  for (const reply of replies) {
    await selectStep(page, page.locator('.react-flow__node').filter({ hasText: reply }));
    await page.getByRole('textbox', { name: 'Текст', exact: true }).fill(newAnswer);
  }
  await expect(page.getByRole('status').filter({ hasText: 'Сохранено' })).toBeVisible();
  await page.getByRole('button', { name: 'Опубликовать' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Что изменится после версии 1');
  await dialog.getByLabel('Что нового').fill('Ответ короче');
  await dialog.getByRole('button', { name: 'Опубликовать' }).click();
  await expect(page.getByText('Опубликована версия 2')).toBeVisible();
  await expectAnswer(browser, url, newAnswer);

  await page.getByRole('button', { name: 'Ещё', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Версии' }).click();
  const first = page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'Версия 1' });
  await expect(page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'Версия 2' })).toContainText('Ответ короче');
  await first.getByRole('button', { name: 'Вернуть эту версию' }).click();
  await expect(first).toContainText('Работает сейчас');
  await expectAnswer(browser, url, oldAnswer);

  const notice = page.getByRole('dialog').getByRole('status').filter({ hasText: 'Снова работает версия 1' });
  await expect(notice).toBeFocused();
  await notice.getByRole('button', { name: 'Вернуть версию 2' }).click();
  await expect(page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'Версия 2' })).toContainText('Работает сейчас');
  await expectAnswer(browser, url, newAnswer);
});

/** The first message of a visitor who has not written before gets this answer. */
async function expectAnswer(browser: Browser, url: string, answer: string | RegExp): Promise<void> {
  const chat = await openChat(browser, url);
  await writeInChat(chat, 'Есть кто?');
  await expect(chat.getByRole('log')).toContainText(answer);
  await chat.context().close();
}

/** A visitor's phone: a browser that knows nothing of the owner. */
async function openChat(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ru-RU' });
  const chat = await context.newPage();
  await chat.goto(url);
  return chat;
}

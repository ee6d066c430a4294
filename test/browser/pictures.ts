import { mkdirSync } from 'node:fs';
import { chatUrl, expect, test, writeInChat } from './desk.js';

const folder = 'docs/pictures';

/** Not a check: makes the README's pictures anew, when PICTURES=1 asks for it. */
test('the pictures of the README', async ({ page, call, browser }) => {
  mkdirSync(folder, { recursive: true });
  await call('PATCH', '/api/profile', { language: 'ru', theme: 'light' });
  const url = await chatUrl(call);
  for (const text of ['Здравствуйте, сколько стоит доставка?', 'Продвижение вашего магазина, недорого', 'Добрый день, есть размер 42?']) {
    const context = await browser.newContext({ locale: 'ru-RU' });
    const chat = await context.newPage();
    await chat.goto(url);
    await writeInChat(chat, text);
    await expect(chat.locator('.message.visitor')).toContainText(text);
    await context.close();
  }
  await page.goto('/messages');
  await expect(page.getByRole('row').filter({ hasText: 'размер 42' })).toBeVisible();
  await expect(page.getByText('Доставлено').or(page.getByText('Отправлено')).first()).toBeVisible();
  await page.screenshot({ path: `${folder}/messages.png`, animations: 'disabled' });

  await page.getByRole('row').filter({ hasText: 'сколько стоит' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Почему?' }).click();
  await expect(page.locator('.react-flow__node [class*=taken]').first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${folder}/canvas.png`, animations: 'disabled' });
});

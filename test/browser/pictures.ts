import { mkdirSync } from 'node:fs';
import { expect, test, writeAsVisitor } from './desk.js';

const folder = 'docs/pictures';

/** Not a check: makes the README's pictures anew, when PICTURES=1 asks for it. */
test('the pictures of the README', async ({ page, call }) => {
  mkdirSync(folder, { recursive: true });
  await call('PATCH', '/api/profile', { language: 'ru', theme: 'light' });
  await writeAsVisitor(call, 'Мария Соколова', 'Здравствуйте, сколько стоит доставка?');
  await writeAsVisitor(call, 'promo-24', 'Продвижение вашего магазина, недорого');
  await writeAsVisitor(call, 'Денис', 'Добрый день, есть размер 42?');
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

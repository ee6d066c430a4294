import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { company, expect, owner, signIn, test, writeAsVisitor } from './desk.js';
import { watch } from './watch.js';

test('a webhook channel is connected, its secret is never shown again, and it is switched off and on', async ({ page, call }) => {
  await page.goto('/channels');
  await page.getByRole('button', { name: 'Подключить канал' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Свой канал' }).click();
  await page.getByLabel('Название').fill('Учётная система');
  await page.getByRole('button', { name: 'Придумать секрет' }).click();
  const secret = await page.getByRole('dialog').getByRole('textbox', { name: 'Секрет' }).last().inputValue();
  expect(secret).toMatch(/^whsec_/);
  await page.getByRole('dialog').getByRole('button', { name: 'Подключить', exact: true }).click();
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Адрес для входящих' })).toHaveValue(/\/hooks\//);
  await page.getByRole('button', { name: 'Готово' }).click();

  const card = page.getByRole('article', { name: 'Учётная система' });
  await card.getByRole('button', { name: 'Настройки', exact: true }).click();
  const settings = page.getByRole('dialog', { name: 'Учётная система' });
  await expect(settings.getByLabel('Секрет')).toHaveValue('');
  await expect(settings.getByPlaceholder('Задан')).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  expect(JSON.stringify(await call('GET', '/api/channels'))).not.toContain(secret);
  await settings.getByRole('button', { name: 'Отменить' }).click();
  await expect(card.getByRole('button', { name: 'Настройки', exact: true })).toBeFocused();

  await card.getByRole('button', { name: 'Действия с каналом' }).click();
  await page.getByRole('menuitem', { name: 'Журнал' }).click();
  await expect(page.getByRole('dialog', { name: 'Журнал канала' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card.getByRole('button', { name: 'Действия с каналом' })).toBeFocused();

  await card.getByRole('switch').click({ force: true });
  await page.getByRole('dialog').getByRole('button', { name: 'Выключить' }).click();
  await expect(card).toContainText('Выключен');
  await card.getByRole('switch').click({ force: true });
  await expect(card).not.toContainText('Выключен');
});

test('a page says that the server cannot be reached, and takes it back when it can', async ({ page }) => {
  await signIn(page.context());
  let away: RegExp | undefined = /\/api\/stream$/;
  const refused: string[] = [];
  await page.route('**/api/**', (route) => {
    const url = route.request().url();
    if (!away?.test(url)) return route.continue();
    refused.push(url);
    return route.abort();
  });
  await page.goto('/contacts');
  const search = page.getByRole('searchbox', { name: 'Имя, логин или телефон' });
  await search.fill('Зоя');
  away = /\/api\//;
  const notice = page.getByRole('status').filter({ hasText: 'Нет связи с сервером' });
  await expect(notice).toBeVisible();
  // Who is signed in is asked three times in vain, and the page stays.
  await expect.poll(() => refused.filter((url) => url.endsWith('/api/session')).length).toBe(3);
  await expect(notice).toBeVisible();
  await expect(search).toHaveValue('Зоя');
  away = undefined;
  await expect(notice).toBeHidden();
});

test('a bot whose token is refused says so where it was connected, in the reader’s language, and leads to its settings', async ({
  page,
  context,
}) => {
  await signIn(context);
  const platform = createServer((_, answer) => {
    answer.writeHead(401, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ ok: false, error_code: 401, description: 'Unauthorized' }));
  });
  await new Promise<void>((listening) => platform.listen(0, '127.0.0.1', listening));
  const { port } = platform.address() as AddressInfo;
  await page.goto('/channels');
  await page.getByRole('button', { name: 'Подключить канал' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Телеграм-бот' }).click();
  await dialog.getByLabel('Название').fill('Бот без токена');
  await dialog.getByRole('textbox', { name: 'Токен бота' }).fill('123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0');
  await dialog.getByLabel('Адрес Bot API').fill(`http://127.0.0.1:${port}`);
  await dialog.getByRole('button', { name: 'Подключить', exact: true }).click();

  const refusal = dialog.getByRole('alert');
  await expect(refusal).toContainText('Telegram не принимает токен бота');
  await expect(refusal).not.toContainText('does not accept');
  await expect(dialog.getByText('Адрес для входящих')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Исправить настройки' }).click();
  await expect(page.getByRole('dialog', { name: 'Бот без токена' }).getByPlaceholder('Задан')).toBeVisible();
  await page.keyboard.press('Escape');
  const card = page.getByRole('article', { name: 'Бот без токена' });
  await expect(card).toContainText('Не работает');
  await expect(card).not.toContainText('does not accept');
  await new Promise((closed) => platform.close(closed));
});

test('an invited operator accepts the link once and sees only what the role may', async ({ page, call, browser }) => {
  void call;
  await page.goto('/settings/people');
  await page.getByRole('button', { name: 'Пригласить' }).click();
  await page.getByLabel('Почта').fill('oleg@example.test');
  await page.getByRole('button', { name: 'Получить ссылку' }).click();
  const link = await page.getByRole('textbox', { name: 'Ссылка для oleg@example.test' }).inputValue();
  await page.getByRole('button', { name: 'Закрыть' }).last().click();
  await expect(page.getByText('oleg@example.test, Оператор')).toBeVisible();

  const context = await browser.newContext({ locale: 'ru-RU', baseURL: process.env.BASE_URL });
  const seen = await watch(context);
  const guest = await context.newPage();
  await guest.goto(link);
  await expect(guest.getByText(`${company} приглашает вас. Ваша роль: Оператор.`)).toBeVisible();
  await guest.getByLabel('Ваше имя').fill('Олег');
  await guest.getByLabel('Придумайте пароль').fill('двенадцать знаков');
  await guest.getByRole('button', { name: 'Принять приглашение' }).click();
  await expect(guest.getByRole('heading', { name: 'Сообщения', level: 1 })).toBeVisible();

  const sections = guest.getByRole('navigation', { name: 'Разделы' });
  await expect(sections.getByRole('link', { name: 'Контакты' })).toBeVisible();
  for (const closed of ['Правила', 'Каналы']) await expect(sections.getByRole('link', { name: closed })).toHaveCount(0);
  await guest.goto('/rules');
  await expect(guest.getByText('Раздел закрыт для вашей роли')).toBeVisible();
  await guest.goto('/settings/tokens');
  await expect(guest.getByText('Такой страницы нет')).toBeVisible();
  await guest.goto('/settings/people');
  await expect(guest.getByText('oleg@example.test')).toBeVisible();
  await expect(guest.getByRole('button', { name: 'Пригласить' })).toHaveCount(0);
  for (const path of ['/api/tokens', '/api/rule-sets']) {
    expect((await context.request.get(path)).status()).toBe(403);
  }

  const second = await context.newPage();
  await second.goto(link);
  await expect(second.getByText('Приглашение уже использовано или устарело')).toBeVisible();
  expect(seen()).toEqual([]);
  await context.close();
});

test('a pipeline is added, its stages are renamed, moved and saved, and it is deleted', async ({ page, call }) => {
  await page.goto('/settings/pipelines');
  await page.getByRole('button', { name: 'Добавить воронку' }).click();
  const added = page.getByRole('region', { name: 'Новая воронка' });
  await added.getByLabel('Название воронки').fill('Ремонт');
  await added.getByLabel('Название этапа 1').fill('Заявка');
  await added.getByRole('button', { name: 'Опустить этап «Заявка»' }).click();
  await added.getByRole('button', { name: 'Добавить этап' }).click();
  await expect(added.getByLabel('Название этапа 4')).toBeFocused();
  await added.getByLabel('Название этапа 4').fill('Гарантия');
  await added.getByRole('button', { name: 'Сохранить' }).click();

  const saved = page.getByRole('region', { name: 'Ремонт' });
  await expect(saved.getByLabel('Название этапа 2')).toHaveValue('Заявка');
  const { items } = await call<{ items: { name: string; stages: { name: string }[] }[] }>('GET', '/api/pipelines');
  expect(items.find(({ name }) => name === 'Ремонт')?.stages.map(({ name }) => name)).toEqual([
    'Успешно реализовано',
    'Заявка',
    'Закрыто и не реализовано',
    'Гарантия',
  ]);
  await saved.getByRole('button', { name: 'Удалить воронку' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Удалить воронку' }).click();
  await expect(saved).toHaveCount(0);
});

test('a client has a page, a deal that moves through its stages, and notes', async ({ page, call }) => {
  const name = 'Виктор Лебедев';
  await writeAsVisitor(call, name, 'Нужна доставка');
  await page.goto('/contacts');
  await expect(page.getByRole('link', { name })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Имя, логин или телефон' }).fill('лебедев');
  await expect(page).toHaveURL(/\?q=/);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();

  const notes = page.getByRole('region', { name: 'Примечания' });
  const addNote = async (text: string) => {
    await notes.getByLabel('Что важно помнить').fill(text);
    await notes.getByRole('button', { name: 'Добавить примечание' }).click();
    // Not what is still in the field.
    await expect(notes.getByLabel('Что важно помнить')).toHaveValue('');
    await expect(notes.getByText(text)).toBeVisible();
  };
  await addNote('Звонить после обеда');

  await page.getByRole('region', { name: 'Сделки' }).getByRole('link').first().click();
  await expect(page.getByRole('region', { name: /^Сделка №/ })).toBeVisible();
  await addNote('Доставка до двери');
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('region', { name: 'Сделки' })).toBeVisible();
  for (const text of ['Звонить после обеда', 'Доставка до двери']) await expect(notes.getByText(text)).toBeVisible();
  await page.getByRole('region', { name: 'Сделки' }).getByRole('link').first().click();
  await page
    .getByRole('combobox', { name: 'Этап' })
    .or(page.getByRole('textbox', { name: 'Этап' }))
    .click();
  await page.getByRole('option', { name: 'Переговоры' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Сохранено' })).toBeVisible();
  await page.goto('/deals');
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Переговоры');
});

test('a token is shown once, opens the API for its role, and stops when it is revoked', async ({ page, call, playwright }) => {
  void call;
  await page.goto('/settings/tokens');
  await page.getByLabel('Для чего').fill('Отчёты');
  await page.getByRole('button', { name: 'Создать токен' }).click();
  const token = await page.getByRole('textbox', { name: 'Токен «Отчёты»' }).inputValue();
  const program = await playwright.request.newContext({
    baseURL: process.env.BASE_URL,
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  });
  expect((await program.get('/api/messages')).status()).toBe(200);
  expect((await program.get('/api/tokens')).status()).toBe(403);
  await page.reload();
  await expect(page.getByText('Отчёты, Оператор')).toBeVisible();
  expect(await page.content()).not.toContain(token);

  await page.getByRole('button', { name: 'Отозвать' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Отозвать' }).click();
  await expect(page.getByText('Токенов пока нет.')).toBeVisible();
  expect((await program.get('/api/messages')).status()).toBe(401);
  await program.dispose();
});

test('sessions elsewhere are ended: their pages lead to the sign-in', async ({ page, call, browser }) => {
  void call;
  const elsewhere = await browser.newContext({ locale: 'ru-RU', baseURL: process.env.BASE_URL });
  await signIn(elsewhere);
  const other = await elsewhere.newPage();
  await other.goto('/messages');
  await expect(other.getByRole('heading', { name: 'Сообщения', level: 1 })).toBeVisible();

  await page.goto('/settings/sessions');
  await page.getByRole('button', { name: 'Завершить все остальные' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Завершить все остальные' }).click();
  await expect(page.getByRole('button', { name: 'Завершить все остальные' })).toHaveCount(0);
  await other.goto('/contacts');
  await expect(other.getByRole('heading', { name: 'Вход' })).toBeVisible();
  await other.getByLabel('Почта').fill(owner.email);
  await other.getByLabel('Пароль', { exact: true }).fill('не тот пароль совсем');
  await other.getByRole('button', { name: 'Войти' }).click();
  await expect(other.getByRole('alert')).toContainText('Почта или пароль не подходят');
  await other.getByLabel('Пароль', { exact: true }).fill(owner.password);
  await other.getByRole('button', { name: 'Войти' }).click();
  await expect(other.getByRole('heading', { name: 'Контакты', level: 1 })).toBeVisible();
  await elsewhere.close();
});

test('the code and styles of the list of rules come compressed and are less than 350 kB', async ({ page, call }) => {
  void call;
  const loads: Promise<{ name: string; encoding: string | null }>[] = [];
  page.on('response', (response) => {
    if (!['script', 'stylesheet'].includes(response.request().resourceType())) return;
    const name = new URL(response.url()).pathname;
    loads.push(response.headerValue('content-encoding').then((encoding) => ({ name, encoding })));
  });
  await page.goto('/rules');
  await expect(page.getByRole('heading', { name: 'Правила', level: 1 })).toBeVisible();
  const seen = await Promise.all(loads);
  expect(seen.length).toBeGreaterThan(3);
  expect(seen.filter(({ encoding }) => encoding !== 'gzip' && encoding !== 'br')).toEqual([]);
  // The larger of the two forms, whichever this browser took.
  const sizes = seen.map(({ name }) => ({ name, bytes: statSync(`dist/builder${name}.gz`).size })).sort((a, b) => b.bytes - a.bytes);
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`${Math.round(total / 1000)} kB gzip: ${sizes.map(({ name, bytes }) => `${name.split('/').at(-1)} ${bytes}`).join(', ')}`);
  expect(total).toBeLessThan(350_000);
});

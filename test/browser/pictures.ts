import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { type Call, expect, test, writeAsVisitor } from './desk.js';

const folder = 'docs/pictures';
const languages = ['ru', 'en'] as const;
const widths = [1440, 1024, 390] as const;

/** Pages that a newcomer sees first, by the names of their pictures. */
const pages: [name: string, open: (page: Page, call: Call) => Promise<void>][] = [
  [
    'messages',
    async (page) => {
      await page.goto('/messages');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    },
  ],
  [
    'canvas',
    async (page, call) => {
      const { items } = await call<{ items: { id: string; text: string | null }[] }>('GET', '/api/messages?direction=in&limit=100');
      const message = items.find(({ text }) => text?.includes('сколько стоит'));
      const { items: runs } = await call<{ items: { id: string; version: number; ruleSet: { id: string } }[] }>(
        'GET',
        `/api/messages/${message?.id}/runs`,
      );
      const [run] = runs;
      await page.goto(`/rules/${run?.ruleSet.id}?version=${run?.version}&run=${run?.id}&message=${message?.id}`);
      await expect(page.locator('.react-flow__node [class*=taken]').first()).toBeVisible();
    },
  ],
  [
    'conversation',
    async (page, call) => {
      const { items } = await call<{ items: { text: string; conversation: { id: string } }[] }>(
        'GET',
        '/api/messages?direction=in&limit=100',
      );
      const message = items.find(({ text }) => text.includes('сколько стоит'));
      await page.goto(`/conversations/${message?.conversation.id}`);
      await expect(page.getByRole('article').last()).toBeVisible();
    },
  ],
  [
    'recipes',
    async (page) => {
      await page.goto('/rules/new');
      await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
    },
  ],
  [
    'answers',
    async (page) => {
      await page.goto('/rules/answers');
      await expect(page.getByRole('grid').first()).toBeVisible();
    },
  ],
];

/** Not a check: makes the pictures of the README and of docs/pictures anew, when PICTURES=1 asks for it. */
test('the pictures of the product', async ({ page, call }) => {
  mkdirSync(folder, { recursive: true });
  await writeAsVisitor(call, 'Мария Соколова', 'Здравствуйте, сколько стоит доставка?');
  await writeAsVisitor(call, 'promo-24', 'Продвижение вашего магазина, недорого');
  await writeAsVisitor(call, 'Денис', 'Добрый день, есть размер 42?');
  await page.goto('/messages');
  await expect(page.getByText('Доставлено').or(page.getByText('Отправлено')).first()).toBeVisible();
  for (const language of languages) {
    await call('PATCH', '/api/profile', { language, theme: 'light' });
    for (const width of widths) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      for (const [name, open] of pages) {
        await open(page, call);
        await expect(page.locator('.mantine-Skeleton-root, .mantine-Loader-root')).toHaveCount(0);
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: `${folder}/${name}-${width}-${language}.png`, animations: 'disabled' });
      }
    }
  }
});

import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { addRuleSet, type Call, chatUrl, expect, test } from './desk.js';

const folder = 'test-results/looks';
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

const widths = [1440, 390] as const;

/**
 * The languages and themes of the product, each on every page at both widths: whether words fit is asked of each language at each width, whether everybody can
 * use it (axe) of each theme and each width once.
 */
const looks = [
  { language: 'ru', theme: 'light', thoroughAt: 1440 },
  { language: 'en', theme: 'dark', thoroughAt: 390 },
] as const;

// The longest of all: both workers take a part.
test.describe.configure({ mode: 'parallel' });

// axe is put into the page by the test, which the page's own policy would refuse.
test.use({ bypassCSP: true });

for (const { language, theme, thoroughAt } of looks) {
  test(`every page in ${language}, ${theme}: nothing sticks out, nothing fails, everybody can use it`, async ({ page, call }) => {
    test.setTimeout(300_000);
    mkdirSync(folder, { recursive: true });
    await call('PATCH', '/api/profile', { language, theme });
    const findings: string[] = [];
    page.on('response', (answer) => answer.status() >= 400 && findings.push(`${answer.url()} answered ${answer.status()}`));
    // A page is opened at the width at which it is looked at thoroughly, then made as wide or narrow as the other.
    const inOrder = [thoroughAt, ...widths.filter((width) => width !== thoroughAt)];
    for (const [name, path] of await pagesOf(call, page)) {
      await page.setViewportSize({ width: thoroughAt, height: 900 });
      await page.goto(path);
      for (const width of inOrder) {
        await page.setViewportSize({ width, height: 900 });
        await settle(page);
        findings.push(...(await sticksOut(page)).map((line) => `${name} at ${width}: ${line}`));
        if (width !== thoroughAt) continue;
        await page.screenshot({ path: `${folder}/${name}-${width}-${language}-${theme}.png`, animations: 'disabled' });
        findings.push(...(await barriers(page)).map((line) => `${name}: ${line}`));
      }
    }
    await call('PATCH', '/api/profile', { language: 'ru', theme: 'auto' });
    expect(findings).toEqual([]);
  });
}

/** Every address of the app, with something on it, by a name for its picture. */
async function pagesOf(call: Call, page: Page): Promise<[name: string, path: string][]> {
  const url = await chatUrl(call);
  await page.goto(url);
  await page.locator('#text').fill('Сколько стоит доставка по городу?');
  await page.locator('#text').press('Enter');
  await expect(page.locator('.message.visitor')).toBeVisible();
  // The rules may be at work on it still.
  const first = async <T>(path: string, is: (item: T) => boolean = () => true): Promise<T> => {
    let found: T | undefined;
    const look = async () => {
      const { items } = await call<{ items: T[] }>('GET', path);
      found = items.find(is);
      return found !== undefined;
    };
    await expect.poll(look, { message: `${path} has something to show` }).toBe(true);
    if (!found) throw new Error(`${path} has nothing to show`);
    return found;
  };
  const ruleSet = await first<{ id: string; name: string }>('/api/rule-sets', ({ name }) => name === 'Приём обращений');
  const message = await first<{ id: string; contact: { id: string }; conversation: { id: string } }>(
    '/api/messages?direction=in&limit=100',
  );
  const run = await first<{ id: string; version: number; ruleSet: { id: string } }>(`/api/messages/${message.id}/runs`);
  const deal = await first<{ id: string }>(`/api/deals?contact=${message.contact.id}`);
  const channel = await first<{ id: string }>('/api/channels');
  return [
    ['rules', '/rules'],
    ['recipes', '/rules/new'],
    ['recipe', '/rules/new/working-hours-bot'],
    ['channel-rules', `/channels/${channel.id}/rules`],
    ['answers', '/rules/answers'],
    ['figures', `/rules/${ruleSet.id}?figures`],
    ['canvas', `/rules/${ruleSet.id}`],
    ['version', `/rules/${ruleSet.id}?version=1`],
    ['compare', `/rules/${ruleSet.id}?compare=1..draft`],
    ['run', `/rules/${run.ruleSet.id}?version=${run.version}&run=${run.id}&message=${message.id}`],
    ['backtest', `/rules/${await compared(call)}/backtest`],
    ['trial', `/rules/${await tried(call, false)}/trial?how=release`],
    ['release', `/rules/${await tried(call, true)}/trial`],
    ['messages', '/messages'],
    ['message', `/messages?message=${message.id}`],
    ['conversation', `/conversations/${message.conversation.id}`],
    ['channels', '/channels'],
    ['contacts', '/contacts'],
    ['contact', `/contacts/${message.contact.id}`],
    ['deals', '/deals'],
    ['deal', `/deals/${deal.id}`],
    ...['profile', 'account', 'people', 'pipelines', 'publishing', 'tokens', 'sessions', 'audit'].map((section): [string, string] => [
      `settings-${section}`,
      `/settings/${section}`,
    ]),
    ['missing', '/no-such-page'],
    ['chat', url],
  ];
}

/** A rule set whose draft was compared with what is live; it was never published, so it would answer whatever came. */
async function compared(call: Call): Promise<string> {
  const nodes = [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'hello', type: 'reply', settings: { text: 'Здравствуйте' } },
  ];
  const id = await addRuleSet(call, `Сравнение ${randomUUID()}`, { nodes, edges: [{ from: 'in.next', to: 'hello' }] });
  // The account's own day may be another one than the machine's.
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  await call('POST', `/api/rule-sets/${id}/backtests`, { from: day(-1), to: day(1) });
  const state = async () => (await call<{ items: { status: string }[] }>('GET', `/api/rule-sets/${id}/backtests`)).items[0]?.status;
  await expect.poll(state, { timeout: 60_000 }).toBe('done');
  return id;
}

/** A rule set whose draft may be tried on live traffic, or is released to a share of the clients. It starts on missed calls, of which none come. */
async function tried(call: Call, isReleased: boolean): Promise<string> {
  const name = `Проба ${randomUUID()}`;
  const nodes = (text: string) => [
    { id: 'in', type: 'on-call-missed', settings: {} },
    { id: 'note', type: 'add-note', settings: { text } },
  ];
  const edges = [{ from: 'in.next', to: 'note' }];
  const id = await addRuleSet(call, name, { nodes: nodes('Перезвонить'), edges }, true);
  if (!isReleased) return id;
  const { revision } = await call<{ revision: number }>('GET', `/api/rule-sets/${id}/draft`);
  await call('PUT', `/api/rule-sets/${id}/draft`, { graph: { format: 1, name, nodes: nodes('Перезвонить сегодня'), edges }, revision });
  await call('POST', `/api/rule-sets/${id}/releases`, { share: 20 });
  return id;
}

/** All that the page asked for has come, and nothing grey stands for it any more; what is folded away asks when it is opened. */
async function settle(page: Page): Promise<void> {
  await expect(
    page
      .getByRole('heading', { level: 1 })
      .or(page.getByRole('heading', { level: 2 }))
      .first(),
  ).toBeVisible();
  await expect(page.locator('.mantine-Skeleton-root, .mantine-Loader-root').filter({ visible: true })).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}

/** What makes the page scroll sideways, also once it has had the time to lay itself out for a new width. */
async function sticksOut(page: Page): Promise<string[]> {
  const widths = () => page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth] as const);
  const fits = async () => {
    const [content, window] = await widths();
    return content <= window;
  };
  await expect
    .poll(fits, { timeout: 5_000 })
    .toBe(true)
    .catch(() => undefined);
  const [content, window] = await widths();
  return content > window ? [`${content} px wide on ${window}`] : [];
}

/** Serious and critical findings of axe, with the first element of each. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    interface Found {
      violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
    }
    const run = Reflect.get(Reflect.get(window, 'axe'), 'run') as (options: unknown) => Promise<Found>;
    const { violations } = await run({ resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes: [first] }) => `${id}: ${first?.html.slice(0, 200)} ${first?.failureSummary.slice(0, 300)}`);
  });
}

import type { ServerResponse } from 'node:http';
import { closeAll, startHook, startSimulator as start, until } from './simulator-under-test.js';

afterEach(closeAll);

describe('webhooks', () => {
  it('bring the secret, one update of a chat after another, others beside it', async () => {
    const held: ServerResponse[] = [];
    const hook = await startHook((_, response) => void held.push(response));
    const { telegram, bot, anna, call } = await start();
    telegram.clientWrites({ bot: bot.id, user: anna.id, text: 'раз' });
    const petr = telegram.addUser({ first_name: 'Пётр' });
    telegram.clientWrites({ bot: bot.id, user: petr.id, text: 'я тоже' });
    await call('setWebhook', { url: hook.url, secret_token: 'тайна' }).then((answer) => expect(answer.status).toBe(400));
    await call('setWebhook', { url: hook.url, secret_token: 's3cret' });
    await until(() => held.length === 2);
    expect(hook.got.map(({ secret, update }) => [secret, update.message?.text]).sort((a, b) => String(a).localeCompare(String(b)))).toEqual(
      [
        ['s3cret', '/start'],
        ['s3cret', 'я тоже'],
      ],
    );
    for (const response of held.splice(0)) response.end();
    await until(() => held.length === 1);
    expect(hook.got[2]?.update.message?.text).toBe('раз');
    held[0]?.end();
    await telegram.hooksIdle({ bot: bot.id });
    expect(telegram.pending({ bot: bot.id }).updates).toBe(0);
  });

  it('resend at once, then after 2, 4, 8 seconds, and tell the error', async () => {
    const hook = await startHook((n, response) => void response.writeHead(n <= 4 ? 500 : 200).end());
    const { clock, telegram, bot, call } = await start();
    const began = clock.now();
    await call('setWebhook', { url: hook.url });
    for (const attempts of [2, 3, 4, 5]) {
      await until(() => telegram.hookAttempts({ bot: bot.id }).length === attempts);
      if (attempts === 2) {
        const info = (await call('getWebhookInfo')).body.result;
        expect(info).toMatchObject({
          pending_update_count: 1,
          last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
        });
      }
      clock.advance(2 ** (attempts - 1) * 1000 - 1);
      expect(telegram.hookAttempts({ bot: bot.id })).toHaveLength(attempts);
      clock.advance(1);
    }
    expect(telegram.hookAttempts({ bot: bot.id }).map(({ at }) => (at - began) / 1000)).toEqual([0, 0, 2, 6, 14]);
    expect(new Set(hook.got.map(({ update }) => update.update_id)).size).toBe(1);
  });

  it('obey Retry-After, and give an update up after 24 hours', async () => {
    const hook = await startHook((n, response) => void response.writeHead(503, n === 2 ? { 'retry-after': '3600' } : {}).end());
    const { clock, telegram, bot, call } = await start();
    await call('setWebhook', { url: hook.url });
    const attempts = () => telegram.hookAttempts({ bot: bot.id }).length;
    await until(() => attempts() === 2);
    clock.advance(3_599_999);
    expect(attempts()).toBe(2);
    clock.advance(1);
    await until(() => attempts() === 3);
    clock.advance(24 * 3_600_000);
    await telegram.hooksIdle({ bot: bot.id });
    expect(telegram.pending({ bot: bot.id }).updates).toBe(0);
  });

  it('bring the same update again when the answer is lost', async () => {
    const hook = await startHook((_, response) => void response.end());
    const { telegram, bot, call } = await start();
    telegram.losesHookReplies({ bot: bot.id, times: 1 });
    await call('setWebhook', { url: hook.url });
    await until(() => telegram.pending({ bot: bot.id }).updates === 0);
    expect(hook.got.map(({ update }) => update.update_id)).toEqual([hook.got[0]?.update.update_id, hook.got[0]?.update.update_id]);
  });

  it('are https only when strict', async () => {
    const { call } = await start({ localMode: false });
    expect((await call('setWebhook', { url: 'http://chat.example.test/' })).body.error_code).toBe(400);
    expect((await call('setWebhook', { url: 'https://chat.example.test:3000/' })).body.error_code).toBe(400);
  });
});

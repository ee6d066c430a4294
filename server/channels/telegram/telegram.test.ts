import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnreadableBody, type ChannelEvent } from '../channel-connector.js';
import { telegram } from './telegram.connector.js';
import { secretTokenOf, telegramSettings, type TelegramChannel } from './telegram.settings.js';

const folder = join(import.meta.dirname, 'fixtures');
const fixtures = readdirSync(folder).map((name) => ({ name: name.replace('.json', ''), body: readFileSync(join(folder, name)) }));
const bodyOf = (name: string) => fixtures.find((fixture) => fixture.name === name)?.body ?? Buffer.from(`no fixture ${name}`);

const channel = (settings: object = {}, more: Partial<TelegramChannel> = {}): TelegramChannel => ({
  id: '0198-tg',
  name: 'Телеграм Мебель',
  account: 'mebel_bot',
  surface: 'direct',
  hookUrl: 'https://chat.example.test/hooks/abc',
  settings: telegramSettings.parse({ token: '700800900:AAH-canary_token_canary_token_12345', mode: 'webhook', ...settings }),
  ...more,
});

const parse = (name: string, more: Partial<TelegramChannel> = {}) => telegram.parse(bodyOf(name), channel({}, more));
type Received = Extract<ChannelEvent, { type: 'message-received' }>;
const received = (name: string, more: Partial<TelegramChannel> = {}): Received => {
  const [event] = parse(name, more).events;
  if (event?.type !== 'message-received') throw new Error(`${name} is no message but ${event?.type}`);
  return event;
};
const update = (message: object) =>
  Buffer.from(JSON.stringify({ update_id: 1, message: { ...JSON.parse(bodyOf('text').toString()).message, ...message } }));
const first = (body: Buffer): unknown => telegram.parse(body, channel()).events[0];

describe('a private message', () => {
  it('comes with its sender, chat and clock', () => {
    expect(parse('text')).toEqual({
      events: [
        {
          type: 'message-received',
          externalId: '5123400001:11',
          at: '2026-11-23T02:13:31.000Z',
          threadKey: '5123400001',
          chat: { type: 'private', id: '5123400001', name: 'anna_lavr' },
          sender: { externalId: '5123400001', name: 'Анна Лаврова', username: 'anna_lavr', profileUrl: 'https://t.me/anna_lavr' },
          kind: 'text',
          text: 'Сколько стоит диван «Лада»?',
          attachments: [],
        },
      ],
    });
  });

  it('keeps /start with its payload as text', () => {
    expect(received('start').text).toBe('/start spring_sale');
  });

  it('names the message that it answers', () => {
    expect(received('reply').replyTo).toBe('5123400001:27');
  });

  it.each<[string, Received['kind'], string, object[]]>([
    ['photo', 'image', 'Есть такой в сером?', [{ type: 'image', url: 'telegram:AgAClAAIBQ2Z', mime: 'image/jpeg', size: 91200 }]],
    [
      'document',
      'file',
      'План',
      [{ type: 'file', url: 'telegram:BQACAAIBQ2Z', name: 'план комнаты.pdf', mime: 'application/pdf', size: 240000 }],
    ],
    ['voice', 'voice', '', [{ type: 'voice', url: 'telegram:AwACAAIBQ2Z', mime: 'audio/ogg', size: 9000 }]],
    ['audio', 'audio', '', [{ type: 'audio', url: 'telegram:CQACAAIBQ2Z', name: 'Хор - Утро', mime: 'audio/mpeg', size: 3000000 }]],
    [
      'video',
      'video',
      'Дверца скрипит',
      [{ type: 'video', url: 'telegram:BAACAAIBQ2Z', name: 'шкаф.mp4', mime: 'video/mp4', size: 700000 }],
    ],
    ['video-note', 'video', '', [{ type: 'video', url: 'telegram:DQACAAIBQ2Z#video-note', size: 120000 }]],
    ['animation', 'video', '', [{ type: 'video', url: 'telegram:CgACAAIBQ2Z#animation', name: 'ха.mp4', mime: 'video/mp4', size: 8000 }]],
    ['sticker', 'sticker', '👍', [{ type: 'sticker', url: 'telegram:CAACAAIBQ2Z', size: 20000 }]],
    ['contact-other', 'contact', '', [{ type: 'contact', url: 'tel:+79160003344', name: 'Курьер' }]],
    ['location', 'location', '', [{ type: 'location', url: 'geo:55.751244,37.618423' }]],
    ['venue', 'location', 'Склад, Лесная, 5', [{ type: 'location', url: 'geo:55.7,37.6', name: 'Склад' }]],
    ['poll', 'text', 'Какой цвет?\n- Серый\n- Синий', []],
  ])('of the kind %s is %s', (name, kind, text, attachments) => {
    expect(received(name)).toMatchObject({ kind, text, attachments });
  });

  it('gives the phone only when the sender shared his own card', () => {
    expect(received('contact-own').sender.phone).toBe('79160001122');
    expect(received('contact-other').sender).not.toHaveProperty('phone');
  });

  it('of an album stays a message of its own', () => {
    expect([received('album-1'), received('album-2')].map((event) => [event.externalId, event.text])).toEqual([
      ['5123400001:14', 'Наша комната'],
      ['5123400001:15', ''],
    ]);
  });

  it('loses NULs and gets well-formed texts everywhere', () => {
    const event = first(update({ text: 'a\0b\ud800c😀', from: { id: 7, is_bot: false, first_name: 'N\0\udc00' } }));
    expect(event).toMatchObject({ text: 'ab\ufffdc😀', sender: { name: 'N\ufffd' } });
  });

  it('keeps ids beyond 2^53 exact', () => {
    const ids = ['9007199254740993', '9007199254740992'];
    const keys = ids.map((id) => first(Buffer.from(bodyOf('text').toString().replaceAll('5123400001', id))));
    expect(keys).toEqual(ids.map((id) => expect.objectContaining({ externalId: `${id}:11`, threadKey: id })));
  });

  it('of the bot itself is ignored', () => {
    expect(telegram.parse(update({ from: { id: 700800900, is_bot: true } }), channel())).toMatchObject({
      events: [],
      ignored: expect.stringContaining('самого бота'),
    });
  });
});

describe('groups', () => {
  it('are one thread with their name and title', () => {
    expect(received('group')).toMatchObject({
      threadKey: '-1002000300400',
      chat: { type: 'group', id: '-1002000300400', name: 'mebel_talk', title: 'Мебель: вопросы' },
      sender: { externalId: '5123400002', name: 'Пётр' },
    });
    expect(received('group-reply')).toMatchObject({ threadKey: '-1002000300400', replyTo: '-1002000300400:301', chat: { type: 'group' } });
  });

  it('with topics are a thread per topic', () => {
    const event = received('forum-topic');
    expect(event).toMatchObject({ threadKey: '-1002000300400:topic:250', chat: { type: 'group' } });
    expect(event).not.toHaveProperty('replyTo');
  });

  it('know who writes in the name of a channel, and which sender is a bot', () => {
    expect(received('sender-chat').sender).toEqual({
      externalId: '-1002000300800',
      name: 'Дом и сад',
      username: 'dom_sad',
      profileUrl: 'https://t.me/dom_sad',
    });
    expect(received('bot-sender').sender).toMatchObject({ externalId: '700800911', bot: true });
  });

  it('that become supergroups move, as either of them reports', () => {
    const moved = { type: 'thread-moved', from: '-400500600', to: '-1002000300900' };
    expect(parse('migrate-to').events).toEqual([{ ...moved, at: expect.any(String) }]);
    expect(parse('migrate-from').events).toEqual([{ ...moved, at: expect.any(String) }]);
  });
});

describe('comments under posts', () => {
  it('are conversations of their own, with the post', () => {
    const event = received('comment');
    expect(event).toMatchObject({
      threadKey: '-1002000300500:comment:8990:9001',
      chat: { type: 'comments', id: '-1002000300500', title: 'Мебель, обсуждение' },
      kind: 'comment',
      surface: 'comments',
      post: { id: '55', url: 'https://t.me/mebel_news/55' },
    });
    expect(event).not.toHaveProperty('replyTo');
  });

  it('may carry pictures, and the post of a private channel has its own address', () => {
    expect(received('comment-photo')).toMatchObject({
      kind: 'comment',
      attachments: [{ type: 'image' }],
      post: { id: '7', url: 'https://t.me/c/2000300700/7' },
    });
  });

  it('that answer a comment do not show the post: they are group messages, unless the channel is one for comments', () => {
    expect(received('comment-nested')).toMatchObject({
      chat: { type: 'group' },
      threadKey: '-1002000300500',
      replyTo: '-1002000300500:9002',
    });
    expect(received('comment-nested', { surface: 'comments' })).toMatchObject({
      chat: { type: 'comments' },
      threadKey: '-1002000300500:comment:8990:9003',
      replyTo: '-1002000300500:9002',
    });
  });
});

describe('other updates', () => {
  it.each([
    ['automatic-forward', 'копия записи канала'],
    ['comment-by-channel', 'от имени самого канала'],
    ['channel-post', 'запись канала'],
    ['new-member', 'служебное сообщение: new_chat_participant, new_chat_member, new_chat_members'],
    ['callback-query', '«callback_query»'],
  ])('%s is ignored, with the reason', (name, reason) => {
    expect(parse(name)).toEqual({ events: [], ignored: expect.stringContaining(reason) });
  });

  it('an edit changes the message', () => {
    expect(parse('edited').events).toEqual([
      {
        type: 'message-edited',
        externalId: '5123400001:11',
        at: '2026-11-23T02:21:40.000Z',
        text: 'Сколько стоит диван «Лада» серый?',
        attachments: [],
      },
    ]);
  });

  it('blocking and unblocking the bot is told', () => {
    expect(parse('blocked').events).toMatchObject([{ type: 'contact-blocked', blocked: true, sender: { externalId: '5123400001' } }]);
    expect(parse('unblocked').events).toMatchObject([{ type: 'contact-blocked', blocked: false, sender: { externalId: '5123400001' } }]);
  });
});

describe('bodies that nobody documents', () => {
  it.each([
    ['an array', '[]'],
    ['a text', '"x"'],
    ['no id', '{"message":{}}'],
    ['a text that is a number', update({ text: 5 })],
    ['a chat without an id', update({ chat: { type: 'private' } })],
    ['a date beyond calendars', update({ date: 1e18 })],
    [
      'a date of 1e400',
      update({})
        .toString()
        .replace(/"date":\d+/, '"date":1e400'),
    ],
    ['a file id with white space', update({ voice: { file_id: 'a b' } })],
    ['a 200,000-deep message', `{"update_id":1,"message":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
  ])('%s is unreadable', (_, body) => {
    expect(() => telegram.parse(Buffer.from(body), channel())).toThrow(UnreadableBody);
  });

  it('names the place', () => {
    expect(() => telegram.parse(update({ text: 5 }), channel())).toThrow('message.text');
  });
});

describe('verify', () => {
  const request = (secret: string | string[] | undefined) => ({
    method: 'POST',
    headers: { 'x-telegram-bot-api-secret-token': secret },
    body: bodyOf('text'),
    receivedAt: 0,
  });
  const secret = secretTokenOf(channel());

  it('takes the secret of this channel, derived or set', () => {
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(telegram.verify(request(secret), channel())).toEqual({ store: true });
    expect(telegram.verify(request('mine'), channel({ secretToken: 'mine' }))).toEqual({ store: true });
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['a beginning', secret.slice(0, -1)],
    ['one more letter', `${secret}a`],
    ['another case', secret.toUpperCase()],
    ['a list', [secret]],
    ['a repeated header', `${secret}, ${secret}`],
    ['another channel’s', secretTokenOf(channel({}, { id: '0198-other' }))],
    ['another bot’s', secretTokenOf(channel({ token: '700800901:AAH-canary_token_canary_token_12345' }))],
    ['the token itself', channel().settings.token],
  ])('refuses %s', (_, given) => {
    expect(telegram.verify(request(given), channel())).toMatchObject({ refuse: 401 });
  });

  it('refuses everything without a token, and hook calls of a polled bot', () => {
    const without = channel();
    without.settings.token = '';
    expect(telegram.verify(request(secret), without)).toMatchObject({ refuse: 503 });
    expect(telegram.verify(request(secret), channel({ mode: 'polling' }))).toMatchObject({ refuse: 404 });
  });
});

describe('settings', () => {
  it('default to polling the public Bot API', () => {
    expect(telegramSettings.parse({ token: '1:AAHabc' })).toEqual({
      token: '1:AAHabc',
      mode: 'polling',
      baseUrl: 'https://api.telegram.org',
    });
  });

  it.each([
    { token: 'AAHabc' },
    { token: '1:' },
    { token: '1:a/../b' },
    { token: '1:AAHabc', baseUrl: 'ftp://x.test' },
    { token: '1:AAHabc', baseUrl: 'https://x.test/?a=1' },
    { token: '1:AAHabc', baseUrl: 'https://u:p@x.test' },
    { token: '1:AAHabc', secretToken: 'секрет' },
    { token: '1:AAHabc', more: 1 },
  ])('refuse %j', (settings) => {
    expect(telegramSettings.safeParse(settings).success).toBe(false);
  });
});

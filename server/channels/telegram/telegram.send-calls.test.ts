import { limitsOf } from './telegram.send.js';
import { toSendCalls } from './telegram.send-calls.js';
import { telegramSettings } from './telegram.settings.js';
import { parseThreadKey, toThreadKey } from './telegram.thread.js';

const channel = {
  id: '1',
  name: 'Телеграм',
  account: null,
  surface: 'direct' as const,
  hookUrl: '',
  settings: telegramSettings.parse({ token: '700800900:AAHx' }),
};

describe('thread keys', () => {
  it.each([{ chat: '5' }, { chat: '-100', topic: '7' }, { chat: '-100', comment: { root: '1', message: '2' } }])(
    '%j there and back',
    (thread) => {
      expect(parseThreadKey(toThreadKey(thread))).toEqual(thread);
    },
  );

  it.each(['', 'x', '5:topic:', '5:comment:1', '5 '])('%j is none', (key) => {
    expect(parseThreadKey(key)).toBeUndefined();
  });
});

describe('what is sent', () => {
  const image = { type: 'image', url: 'https://shop.example.test/a.jpg' };

  it('is one call wherever one can carry it', () => {
    expect(toSendCalls('Да', [])).toEqual([{ method: 'sendMessage', params: { text: 'Да' } }]);
    expect(toSendCalls('Да', [image])).toEqual([{ method: 'sendPhoto', params: { photo: image.url, caption: 'Да' } }]);
    expect(toSendCalls('', [{ type: 'video', url: 'telegram:Cg#animation' }])).toEqual([
      { method: 'sendAnimation', params: { animation: 'Cg' } },
    ]);
    expect(toSendCalls('Да', [image, { type: 'video', url: 'telegram:BA' }])).toEqual([
      {
        method: 'sendMediaGroup',
        params: {
          media: [
            { type: 'photo', media: image.url, caption: 'Да' },
            { type: 'video', media: 'telegram:BA'.slice(9) },
          ],
        },
      },
    ]);
  });

  it('is split where Telegram takes no caption, no mix, or no more than ten', () => {
    expect(toSendCalls('x'.repeat(1025), [image]).map((call) => call.method)).toEqual(['sendMessage', 'sendPhoto']);
    expect(toSendCalls('Тут', [{ type: 'location', url: 'geo:55.7,-37' }])).toEqual([
      { method: 'sendMessage', params: { text: 'Тут' } },
      { method: 'sendLocation', params: { latitude: 55.7, longitude: -37 } },
    ]);
    expect(
      toSendCalls('', [...Array.from({ length: 11 }, () => image), { type: 'file', url: 'telegram:BQ' }]).map((call) => call.method),
    ).toEqual(['sendMediaGroup', 'sendPhoto', 'sendDocument']);
  });

  it.each([
    [{ type: 'image', url: 'file:///etc/passwd' }],
    [{ type: 'image' }],
    [{ type: 'hologram', url: 'https://x.test/a' }],
    [{ type: 'contact', url: 'mailto:a@b.test' }],
    [{ type: 'location', url: 'geo:x' }],
  ])('refuses the attachment %j and names it', (attachment) => {
    expect(() => toSendCalls('', [image, attachment])).toThrow(/^attachments\[1\]/);
  });

  it('takes from the buckets of the bot, the chat and the group', () => {
    const keys = (threadKey: string) =>
      limitsOf(channel, { id: '1', threadKey, chat: {}, recipient: '1', text: 'x', attachments: [], attempt: 1 }).map((limit) => limit.key);
    expect(keys('5')).toEqual(['telegram:700800900', 'telegram:700800900:5']);
    expect(keys('-7:topic:2')).toEqual(['telegram:700800900', 'telegram:700800900:-7', 'telegram:700800900:-7:minute']);
  });
});

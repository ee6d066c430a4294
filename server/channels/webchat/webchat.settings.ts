import { z } from 'zod';

/** The connect form of a web chat. */
export const webchatSettings = z.strictObject({
  title: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .default('Напишите нам')
    .meta({
      label: { ru: 'Заголовок', en: 'Title' },
      help: {
        ru: 'Стоит над перепиской и на кнопке для тех, кто слушает страницу',
        en: 'Stands above the chat, and on the button for screen readers',
      },
    }),
  greeting: z
    .string()
    .trim()
    .max(500)
    .default('Здравствуйте. Чем помочь?')
    .meta({
      label: { ru: 'Приветствие', en: 'Greeting' },
      help: {
        ru: 'Показывается первым, в переписку не записывается. Пустое не показывается',
        en: 'Shown first and not stored as a message. An empty one is not shown',
      },
    }),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'Цвет вида #0f766e / A colour like #0f766e')
    .default('#0f766e')
    .meta({
      label: { ru: 'Цвет', en: 'Colour' },
      help: {
        ru: 'Кнопка и сообщения посетителя. Цвет букв на нём подбирается сам',
        en: "The button and the visitor's messages. Letters on it choose their colour themselves",
      },
      placeholder: { ru: '#0f766e', en: '#0f766e' },
    }),
  position: z
    .enum(['right', 'left'])
    .default('right')
    .meta({
      label: { ru: 'Угол кнопки', en: "Button's corner" },
      options: { right: { ru: 'Справа внизу', en: 'Bottom right' }, left: { ru: 'Слева внизу', en: 'Bottom left' } },
    }),
  allowedOrigins: z
    .array(z.string().trim().refine(isOrigin, 'Адрес сайта вида https://example.ru / A site like https://example.com'))
    .max(50)
    .default([])
    .meta({
      label: { ru: 'Сайты, где стоит чат', en: 'Sites with the chat' },
      help: {
        ru: 'Только на них можно встроить чат. Пусто: на любых. Отдельная страница чата открывается всегда',
        en: 'Only these may embed the chat. Empty: any may. The page of its own always opens',
      },
      placeholder: { ru: 'https://example.ru', en: 'https://example.com' },
      widget: 'lines',
    }),
});

export type WebchatSettings = z.output<typeof webchatSettings>;

/** These go into the page's policy, where a `;` would begin another rule: letters, digits, dots and a port, nothing else. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/.test(text);
}

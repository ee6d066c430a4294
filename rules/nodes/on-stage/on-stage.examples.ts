import type { Example } from '../../node-type.js';
import type { Settings } from './on-stage.js';

const event = { type: 'stage-changed' as const, deal: { id: 'd1', pipeline: 'Воронка', stage: 'Оплата' } };

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Сделка перешла на этап', en: 'The deal enters the stage' },
    settings: { pipeline: 'Воронка', stage: 'Оплата' },
    event,
    expect: { starts: true },
  },
  {
    title: { ru: 'Регистр названий не важен', en: 'Letter case does not matter in names' },
    settings: { stage: 'ОПЛАТА' },
    event,
    expect: { starts: true },
  },
  {
    title: { ru: 'Этап с тем же названием в другой воронке', en: 'A stage of the same name in another pipeline' },
    settings: { pipeline: 'Опт', stage: 'Оплата' },
    event,
    expect: { starts: false },
  },
  {
    title: { ru: 'Без настроек — любая смена этапа', en: 'Without settings any change of stage' },
    settings: {},
    event,
    expect: { starts: true },
  },
  {
    title: { ru: 'Сообщение по сделке на этом этапе', en: 'A message about a deal on this stage' },
    settings: { stage: 'Оплата' },
    event: { ...event, type: 'message-received', message: { text: 'Оплатил' } },
    expect: { starts: false },
  },
];

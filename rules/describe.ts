import { fill, type Bilingual, type Language } from './bilingual.js';
import type { NodeTypes } from './compile.js';
import type { Finding } from './finding.js';
import type { RuleGraph } from './graph.js';
import { zoneName } from './time/zone-name.js';
import type { Because, Held, Step } from './trace.js';

/** What the engine itself may say of a step, whatever its node type. */
const ownReasons: Record<string, Bilingual> = {
  disabled: { ru: 'шаг выключен', en: 'the step is switched off' },
  'expressions-stopped': {
    ru: 'выражения компании на несколько минут остановлены: слишком многие считались слишком долго',
    en: 'the company’s expressions are stopped for some minutes: too many of them took too long',
  },
};

const heldReasons: Record<Held, Bilingual> = {
  bot: { ru: 'ответ не отправлен: собеседник — робот', en: 'the answer was held back: the contact is a robot' },
  rate: { ru: 'ответ не отправлен: уже 20 автоматических за минуту', en: 'the answer was held back: 20 automatic ones within a minute' },
  late: { ru: 'ответ не отправлен: сообщение пришло слишком поздно', en: 'the answer was held back: the message came too late' },
  loop: {
    ru: 'ответ не отправлен: похоже, отвечает робот, и одинаковые ответы уже ушли',
    en: 'the answer was held back: a robot seems to answer, and the same answers have gone already',
  },
};

/**
 * Why a step went the way it did, for people: the node type's text with the values in place, and what was held back.
 * @returns undefined when there is nothing to say beyond the port
 */
export function describeStep(step: Step, graph: RuleGraph, nodeTypes: NodeTypes): Bilingual | undefined {
  const type = graph.nodes.find(({ id }) => id === step.node)?.type ?? '';
  const { key, values } = step.because ?? {};
  const reason = key === undefined ? undefined : (nodeTypes.get(type)?.reasons?.[key] ?? ownReasons[key]);
  const texts = [
    reason && { ru: fill(reason.ru, spoken(values, 'ru')), en: fill(reason.en, spoken(values, 'en')) },
    step.held && heldReasons[step.held],
  ];
  const said = texts.filter((text) => text !== undefined);
  return said.length === 0 ? undefined : { ru: said.map(({ ru }) => ru).join('; '), en: said.map(({ en }) => en).join('; ') };
}

/** The trace keeps a zone by its IANA name; people read the name of the place, as on the card. */
function spoken(values: Because['values'], language: Language): Because['values'] {
  return typeof values?.['zone'] === 'string' ? { ...values, zone: zoneName(values['zone'])[language] } : values;
}

/** A finding as a sentence or two: what is wrong, and how to mend it. */
export function describeFinding({ text, mend }: Finding): Bilingual {
  if (!mend) return { ru: sentence(text.ru), en: sentence(text.en) };
  return { ru: `${sentence(text.ru)} ${sentence(mend.ru)}`, en: `${sentence(text.en)} ${sentence(mend.en)}` };
}

function sentence(text: string): string {
  return /[.!?:;}…]$/u.test(text) ? text : `${text}.`;
}

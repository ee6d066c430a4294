import type { Bilingual } from '../bilingual.js';
import type { NodeType } from '../node-type.js';
import type { Wiring } from './wiring.js';

/** What a finding calls a step: the admin's own name for it, else its type's, beside which stands the id to tell it from its like. */
export function nameStep(wiring: Wiring, id: string): Bilingual {
  const wired = wiring.nodes.get(id);
  if (!wired) return { ru: id, en: id };
  const { title } = wired.node;
  if (title !== undefined && title !== '') return { ru: `«${title}»`, en: `“${title}”` };
  const { ru, en } = wired.nodeType.title;
  return { ru: `«${ru}» (${id})`, en: `“${en}” (${id})` };
}

/** Several steps, in their order. */
export function nameSteps(wiring: Wiring, ids: readonly string[], between = ', '): Bilingual {
  const names = ids.map((id) => nameStep(wiring, id));
  return { ru: names.map(({ ru }) => ru).join(between), en: names.map(({ en }) => en).join(between) };
}

/** What a finding calls an exit: the words of the card. An exit that the admin named is its own name. */
export function namePort({ portLabels }: NodeType, port: string): Bilingual {
  const { ru, en } = portLabels[port] ?? { ru: port, en: port };
  return { ru: `«${ru}»`, en: `“${en}”` };
}

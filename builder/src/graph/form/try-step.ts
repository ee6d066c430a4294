import { describeStep, eachVariant, emptyMemory, nodeTypes, type Language, type Outcome, type RuleEvent } from '../../../../rules/index.js';
import { recordOf, textOf } from './read-value.js';
import type { FormScope } from './widget.js';

/** What one step alone would do with a message. */
export interface TriedStep {
  /** The name of the exit it leaves by, in words. */
  exit: string;
  /** Why, in words; may be empty. */
  reason: string;
  outcome: Outcome;
}

/** A client such as a preview shows: everything that a substitution may ask for is there. */
const sampleEvent = {
  type: 'message-received',
  id: 'e1',
  channel: { id: 'tg', kind: 'telegram', name: 'Телеграм Мебель', account: 'mebel_bot', surface: 'direct' },
  contact: { id: '787132', name: 'Анна Петрова', username: 'anna', phone: '79991234567' },
  conversation: { id: 'c1', number: 5, status: 'open' },
  deal: { id: '104', pipeline: 'Продажи', stage: 'Первичный контакт', open: true, responsible: 'Ольга', tags: [] },
} satisfies Partial<RuleEvent>;

/**
 * Runs one step on a message, by the same code as the engine.
 * @returns undefined while the settings are unfinished
 */
export function tryStep(scope: FormScope, message: { text: string }, language: Language): TriedStep | undefined {
  const { nodeType, nodeId, timezone, settings } = scope;
  const parsed = nodeType.settings.safeParse(settings);
  if (!parsed.success || !nodeType.compile) return undefined;
  const now = Date.now();
  const event: RuleEvent = {
    ...sampleEvent,
    at: new Date(now).toISOString(),
    message: { id: 'm1', kind: 'text', text: message.text, origin: 'client' },
  };
  try {
    const outcome = nodeType.compile(parsed.data, { nodeId, timezone, ruleSet: '' })({ event, now, memory: emptyMemory, variables: {} });
    // What an expression gives is known later than a preview wants to know it.
    if (outcome instanceof Promise) return undefined;
    const port = outcome.go ?? (outcome.drop ? 'drop' : 'error');
    const step = { node: nodeId, port, because: outcome.because };
    const node = { id: nodeId, type: nodeType.type, settings };
    const reason = describeStep(step, { format: 1, name: '', nodes: [node], edges: [] }, nodeTypes)?.[language] ?? '';
    return { exit: nodeType.portLabels[port]?.[language] ?? port, reason, outcome };
  } catch {
    // The settings passed the schema but cannot be compiled yet: the list of problems says why.
    return undefined;
  }
}

/**
 * The texts that a step produces, each variant of a setting in one of them at least, as the engine would write them.
 * @param name the setting whose variants are gone through
 */
export function previewTexts(scope: FormScope, name: string, language: Language): string[] {
  const texts = new Set<string>();
  for (const text of eachVariant(textOf(scope.settings[name])).slice(0, mostPreviews)) {
    const tried = tryStep({ ...scope, settings: { ...scope.settings, [name]: text } }, { text: 'Здравствуйте' }, language);
    if (!tried) break;
    for (const effect of ('effects' in tried.outcome && tried.outcome.effects) || []) {
      const { text, tags } = recordOf(effect);
      if (typeof text === 'string') texts.add(text);
      else if (Array.isArray(tags)) texts.add(tags.join(', '));
    }
  }
  return [...texts].filter((text) => text.trim() !== '');
}

/** Nobody reads more at once. */
const mostPreviews = 100;

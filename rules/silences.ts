import type { CompiledGraph } from './compile.js';
import type { RuleEvent } from './event.js';
import type { Memory, Silence } from './memory.js';
import { parseInstant } from './time/instant.js';
import type { Decision } from './trace.js';

/** Whose message an event is, where silence is concerned; undefined: it neither starts nor ends one. */
function sideOf(event: RuleEvent): Silence['from'] | undefined {
  if (event.type === 'message-received') return 'client';
  if (event.type !== 'message-sent') return undefined;
  return isOperators(event) ? 'operator' : undefined;
}

/** An operator's message is one of any origin but the rules and mailings. */
export function isOperators(event: RuleEvent): boolean {
  const origin = event.message?.origin;
  return event.type === 'message-sent' && origin !== 'rules' && origin !== 'mailing';
}

/** An operator who writes ends his silence before the rules see his message, even if they drop it; closing ends both. */
export function beforeRules(memory: Memory, event: RuleEvent): Memory {
  if (!memory.silences?.length) return memory;
  if (event.type === 'conversation-closed') return { ...memory, silences: [] };
  if (isOperators(event)) return without(memory, 'operator');
  return memory;
}

/**
 * The memory after an event: a message that was not dropped and was no score ends its side's silence and starts the other's anew;
 * `no-reply-needed` ends both.
 * @param event absent where nobody wrote: a timer
 */
export function afterRules(ruleSets: readonly CompiledGraph[], decision: Decision, event: RuleEvent | undefined): Memory {
  let { memory } = decision;
  if (!memory.silences?.length && !ruleSets.some(({ silences }) => silences.length > 0)) return memory;
  const side = event && decision.status !== 'filtered' && !isScore(decision) ? sideOf(event) : undefined;
  if (event && side) {
    memory = without(memory, side);
    const now = parseInstant(event.at) ?? 0;
    const started = ruleSets.flatMap(({ name, silences }) =>
      silences.flatMap((silence): Silence[] =>
        silence.from === side ? [] : [{ ruleSet: name, node: silence.node.id, from: silence.from, event, due: now + silence.after }],
      ),
    );
    if (started.length > 0) {
      const others = (memory.silences ?? []).filter((old) => !started.some((one) => one.ruleSet === old.ruleSet && one.node === old.node));
      memory = { ...memory, silences: [...others, ...started] };
    }
  }
  const ends = memory.silences?.length && decision.effects.some(({ type }) => type === 'no-reply-needed');
  return ends ? { ...memory, silences: [] } : memory;
}

function isScore({ effects, consumed }: Decision): boolean {
  return consumed === true && effects.some(({ type }) => type === 'record-score');
}

function without(memory: Memory, side: Silence['from']): Memory {
  if (!memory.silences?.some(({ from }) => from === side)) return memory;
  return { ...memory, silences: memory.silences.filter(({ from }) => from !== side) };
}

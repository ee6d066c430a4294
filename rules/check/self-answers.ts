import { finding } from '../codes.js';
import type { Finding } from '../finding.js';
import { chatTypes, messageKinds, surfaces } from '../event.js';
import { answersClient } from './answers.js';
import { nameStep } from './name-steps.js';
import type { WiredNode, Wiring } from './wiring.js';

/** Replies that a message sent by the rules themselves may lead to: the trigger takes such a message, and a path leads on. */
export function checkSelfAnswers(wiring: Wiring): Finding[] {
  const findings: Finding[] = [];
  const told = new Set<string>();
  for (const trigger of wiring.triggers) {
    if (!acceptsOwnReplies(trigger)) continue;
    for (const id of wiring.reach([trigger.node.id])) {
      const wired = wiring.nodes.get(id);
      if (!wired || told.has(id) || !answersClient(wired)) continue;
      told.add(id);
      findings.push(finding('answers-itself', { node: id, path: `nodes[${wired.index}]` }, { trigger: nameStep(wiring, trigger.node.id) }));
    }
  }
  return findings;
}

/** Asks the trigger itself, with the replies that the rules could send: a text or an attachment, on the channels that it names. */
function acceptsOwnReplies({ nodeType, settings }: WiredNode): boolean {
  const accepts = nodeType.accepts?.(settings);
  if (!accepts) return false;
  const ids = [undefined, ...listOf(settings, 'channels')];
  for (const id of ids) {
    for (const surface of surfaces) {
      for (const type of chatTypes) {
        for (const kind of messageKinds) {
          const message = { kind, origin: 'rules' as const, text: 'x' };
          const channel = { id, kind: id, surface };
          if (accepts({ type: 'message-sent', id: 'own', at: '1970-01-01T00:00:00Z', channel, chat: { type }, message })) return true;
        }
      }
    }
  }
  return false;
}

function listOf(settings: unknown, key: string): string[] {
  const entry = typeof settings === 'object' && settings !== null ? Object.entries(settings).find(([name]) => name === key) : undefined;
  return Array.isArray(entry?.[1]) ? entry[1].filter((value) => typeof value === 'string') : [];
}

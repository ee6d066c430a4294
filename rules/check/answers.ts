import type { WiredNode } from './wiring.js';

/** Whether this node answers the client: a reply that operators alone see is a note. */
export function answersClient({ node, settings }: Pick<WiredNode, 'node' | 'settings'>): boolean {
  if (node.type !== 'reply' || node.disabled) return false;
  return !(typeof settings === 'object' && settings !== null && 'hidden' in settings && settings.hidden === true);
}

/** Whether this node does something that outlives the message beyond answering it. */
export function doesMoreThanAnswer(wired: WiredNode): boolean {
  return wired.nodeType.family === 'action' && !wired.node.disabled && !answersClient(wired);
}

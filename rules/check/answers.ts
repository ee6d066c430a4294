import type { WiredNode } from './wiring.js';

/** Whether this node answers the client: its type says so, and it is switched on. */
export function answersClient({ node, nodeType, settings }: Pick<WiredNode, 'node' | 'nodeType' | 'settings'>): boolean {
  return !node.disabled && nodeType.answers?.(settings) === true;
}

/** Whether this node does something that outlives the message beyond answering it. */
export function doesMoreThanAnswer(wired: WiredNode): boolean {
  return wired.nodeType.family === 'action' && !wired.node.disabled && !answersClient(wired);
}

import type { NodeType } from '../node-type.js';
import { addNote } from './add-note/add-note.js';
import { addTags } from './add-tags/add-tags.js';
import { assignResponsible } from './assign-responsible/assign-responsible.js';
import { contactFilter } from './contact-filter/contact-filter.js';
import { createTask } from './create-task/create-task.js';
import { drop } from './drop/drop.js';
import { emojiFilter } from './emoji-filter/emoji-filter.js';
import { ifNode } from './if/if.js';
import { notify } from './notify/notify.js';
import { onMessage } from './on-message/on-message.js';
import { openDeal } from './open-deal/open-deal.js';
import { removeTags } from './remove-tags/remove-tags.js';
import { reply } from './reply/reply.js';
import { route } from './route/route.js';
import { setStage } from './set-stage/set-stage.js';
import { switchNode } from './switch/switch.js';
import { timeWindow } from './time-window/time-window.js';
import { wordFilter } from './word-filter/word-filter.js';
import { wordMatch } from './word-match/word-match.js';

/** Every node type, in the order of the palette. */
export const nodeTypeList: readonly NodeType[] = [
  onMessage,
  contactFilter,
  emojiFilter,
  wordFilter,
  timeWindow,
  wordMatch,
  ifNode,
  switchNode,
  reply,
  openDeal,
  route,
  setStage,
  assignResponsible,
  addTags,
  removeTags,
  createTask,
  notify,
  addNote,
  drop,
];

/** The same by the stored id. */
export const nodeTypes: ReadonlyMap<string, NodeType> = new Map(nodeTypeList.map((nodeType) => [nodeType.type, nodeType]));

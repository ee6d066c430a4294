import type { NodeType } from '../node-type.js';
import { addNote } from './add-note/add-note.js';
import { addTags } from './add-tags/add-tags.js';
import { askScore } from './ask-score/ask-score.js';
import { assignConversation } from './assign-conversation/assign-conversation.js';
import { assignResponsible } from './assign-responsible/assign-responsible.js';
import { call } from './call/call.js';
import { closeConversation } from './close-conversation/close-conversation.js';
import { contactFilter } from './contact-filter/contact-filter.js';
import { createTask } from './create-task/create-task.js';
import { drop } from './drop/drop.js';
import { emojiFilter } from './emoji-filter/emoji-filter.js';
import { exportNode } from './export/export.js';
import { extract } from './extract/extract.js';
import { groupFilter } from './group-filter/group-filter.js';
import { http } from './http/http.js';
import { holdOutbound } from './hold-outbound/hold-outbound.js';
import { ifNode } from './if/if.js';
import { kindFilter } from './kind-filter/kind-filter.js';
import { limit } from './limit/limit.js';
import { markRead } from './mark-read/mark-read.js';
import { noReplyNeeded } from './no-reply-needed/no-reply-needed.js';
import { notify } from './notify/notify.js';
import { onCallMissed } from './on-call-missed/on-call-missed.js';
import { onConversation } from './on-conversation/on-conversation.js';
import { onMessage } from './on-message/on-message.js';
import { onNoReply } from './on-no-reply/on-no-reply.js';
import { onSchedule } from './on-schedule/on-schedule.js';
import { onScoreRequested } from './on-score-requested/on-score-requested.js';
import { onStage } from './on-stage/on-stage.js';
import { onSubscribed } from './on-subscribed/on-subscribed.js';
import { openDeal } from './open-deal/open-deal.js';
import { postFilter } from './post-filter/post-filter.js';
import { removeTags } from './remove-tags/remove-tags.js';
import { reply } from './reply/reply.js';
import { route } from './route/route.js';
import { set } from './set/set.js';
import { setField } from './set-field/set-field.js';
import { setStage } from './set-stage/set-stage.js';
import { split } from './split/split.js';
import { switchNode } from './switch/switch.js';
import { timeWindow } from './time-window/time-window.js';
import { wait } from './wait/wait.js';
import { waitReply } from './wait-reply/wait-reply.js';
import { wordFilter } from './word-filter/word-filter.js';
import { wordMatch } from './word-match/word-match.js';

/** Every node type, in the order of the palette. */
export const nodeTypeList: readonly NodeType[] = [
  onMessage,
  onConversation,
  onStage,
  onNoReply,
  onSubscribed,
  onCallMissed,
  onScoreRequested,
  onSchedule,
  contactFilter,
  groupFilter,
  postFilter,
  kindFilter,
  emojiFilter,
  wordFilter,
  holdOutbound,
  timeWindow,
  wordMatch,
  ifNode,
  switchNode,
  limit,
  split,
  wait,
  waitReply,
  askScore,
  http,
  reply,
  openDeal,
  route,
  setStage,
  assignResponsible,
  addTags,
  removeTags,
  setField,
  extract,
  createTask,
  notify,
  addNote,
  set,
  markRead,
  noReplyNeeded,
  assignConversation,
  closeConversation,
  exportNode,
  call,
  drop,
];

/** The same by the stored id. */
export const nodeTypes: ReadonlyMap<string, NodeType> = new Map(nodeTypeList.map((nodeType) => [nodeType.type, nodeType]));

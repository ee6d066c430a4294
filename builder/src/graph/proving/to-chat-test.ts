import type { GraphTest, RuleEvent } from '../../../../rules/index.js';
import { findPersonal } from './find-personal.js';
import { maskEvents, replacer } from './mask-events.js';

/** The events of a chat as a test that expects nothing yet. Where the chat goes on from a real message, nobody is left in it, nor in its name. */
export function toChatTest(events: readonly RuleEvent[], name: string, isRecorded: boolean): GraphTest {
  const personal = isRecorded ? findPersonal(events) : [];
  const taken = isRecorded ? maskEvents(events, personal) : events;
  return { name: replacer(personal)(name), events: taken.map((event) => ({ ...event })), expect: [] };
}

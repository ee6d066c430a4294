import { z } from 'zod';
import { UnreadableBody } from '../channel-connector.js';
import { parseJson } from '../parse-json.js';

/** What the chat's own API stores for a visitor's message, as a platform's webhook would be: one shape, written here and read here. */
const visitorMessage = z.object({
  type: z.literal('message'),
  /** Who writes: the id inside the visitor's token. */
  visitor: z.string().regex(/^[\w-]{22}$/),
  /** Made by the browser, the same when it sends again. */
  id: z.string().regex(/^[\w-]{8,64}$/),
  text: z.string().max(4_096),
  name: z.string().max(200).optional(),
  /** When the server heard it. */
  at: z.iso.datetime(),
});

export type VisitorMessage = z.output<typeof visitorMessage>;

/** The bytes to store. Throws `ZodError` on what `readVisitorMessage` would not read. */
export function writeVisitorMessage(message: VisitorMessage): Buffer {
  return Buffer.from(JSON.stringify(visitorMessage.parse(message)));
}

/** Throws `UnreadableBody` with the first place that is wrong. */
export function readVisitorMessage(body: Buffer): VisitorMessage {
  const read = visitorMessage.safeParse(parseJson(body));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UnreadableBody(issue ? `${issue.path.join('.') || 'the body'}: ${issue.message}` : 'not a message of the web chat');
}

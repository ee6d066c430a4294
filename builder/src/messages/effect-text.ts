/** What an effect is about, in one line: the text of a reply, the tags, the stage, whom it is given to. `nameOf` turns a user's id into a name. */
export function effectDetail(body: Record<string, unknown>, nameOf: (id: string) => string): string {
  const { text, tags, pipeline, stage, user, to, type, field, value, score, scale, url } = body;
  if (Array.isArray(tags)) return tags.map(String).join(', ');
  if (typeof stage === 'string') return typeof pipeline === 'string' ? `${pipeline} → ${stage}` : stage;
  if (typeof user === 'string') return nameOf(user);
  if (typeof field === 'string') return `${field}: ${typeof value === 'string' ? value : ''}`;
  if (typeof score === 'number') return `${score} (${String(scale)})`;
  if (typeof url === 'string') return url;
  const receivers = Array.isArray(to) ? to.map((id) => nameOf(String(id))) : typeof to === 'string' ? [nameOf(to)] : [];
  const said = typeof text === 'string' ? text : '';
  if (type === 'send-message' || receivers.length === 0) return said;
  return said === '' ? receivers.join(', ') : `${receivers.join(', ')}: ${said}`;
}

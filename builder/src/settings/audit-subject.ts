/** What an action was done with, for people: a text of the settings (`audit.of.<kind>`) and where it is seen, or the name as it is stored. */
export type AuditSubject = { kind: keyof typeof places; number?: number; to?: string } | { name: string };

/** The subjects that are stored by their id, since names of clients change and are forgotten; where each is seen. */
const places = {
  contact: (id: string) => `/contacts/${id}`,
  deal: (id: string) => `/deals/${id}`,
  conversation: (id: string) => `/conversations/${id}`,
  message: (id: string) => `/messages?message=${id}`,
  quarantine: undefined,
  session: undefined,
};

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * What an entry of the log was done with; null where it is told by the action alone. An id is never shown: it becomes the thing's kind, its number where
 * the details tell one, and its page.
 */
export function auditSubject(action: string, subject: string | null, details: Readonly<Record<string, unknown>>): AuditSubject | null {
  if (subject === null) return null;
  if (!uuid.test(subject)) return { name: subject };
  const kind = action.split('.')[0] ?? '';
  if (!isPlace(kind)) return null;
  const { number } = details;
  const to = places[kind]?.(subject);
  return { kind, ...(typeof number === 'number' && { number }), ...(to !== undefined && { to }) };
}

function isPlace(kind: string): kind is keyof typeof places {
  return Object.hasOwn(places, kind);
}

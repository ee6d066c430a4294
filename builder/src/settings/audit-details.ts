type Translate = (key: string, values?: Record<string, unknown>) => string;

/** Ids and hashes name nothing that people know. */
const untold: ReadonlySet<string> = new Set(['id', 'hash', 'channelId', 'live']);

/** Details whose values are words of ours: `details.of.<name>.<value>`. */
const spelt: ReadonlySet<string> = new Set(['role', 'unmet', 'kind', 'fields', 'was']);

/**
 * What an entry of the log says beside who, what and with what: a line for each detail. Of what was changed from one state to another only what differs.
 * @param t of the settings' texts: `details.<name>` names a detail; one without a name is shown as it is stored
 */
export function auditLines({ before, after, ...details }: Readonly<Record<string, unknown>>, t: Translate): string[] {
  const rest = Object.entries(details).flatMap(([name, value]) => (untold.has(name) ? [] : [lineOf(name, spell(name, value, t), t)]));
  if (isRecord(before) && isRecord(after)) {
    const names = Object.keys({ ...before, ...after }).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
    return [...rest, ...names.map((name) => lineOf(name, `${spell(name, before[name], t)} → ${spell(name, after[name], t)}`, t))];
  }
  const others = Object.entries({ before, after }).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [lineOf(name, spell(name, value, t), t)],
  );
  return [...rest, ...others];
}

function lineOf(name: string, value: string, t: Translate): string {
  return `${t(`details.${name}`, { defaultValue: name })}: ${value}`;
}

function spell(name: string, value: unknown, t: Translate): string {
  if (value === undefined || value === null || value === '') return '—';
  if (typeof value === 'boolean') return t(value ? 'details.yes' : 'details.no');
  if (Array.isArray(value)) return value.map((one) => spell(name, one, t)).join(', ');
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : JSON.stringify(value);
  return spelt.has(name) ? t(`details.of.${name}.${value}`, { defaultValue: value }) : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

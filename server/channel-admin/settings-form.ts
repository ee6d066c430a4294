import { z } from 'zod';
import type { ChannelConnector } from '../channels/channel-connector.js';
import { placesOf } from '../problem/validation.pipe.js';
import { Invalid } from '../problem/problems.js';

type Settings = Record<string, unknown>;

/** A channel's settings as they are stored: the secrets apart, to be sealed. */
export interface SplitSettings {
  plain: Settings;
  secrets: Settings;
}

/** The connect form: the settings' JSON Schema with the labels, and which are secret, from zod's `.meta()`. */
export function formOf({ settings }: ChannelConnector): Settings {
  return { ...z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }) };
}

/**
 * Puts what was entered over what is stored, by name. An empty secret is one that was not entered again, so it stays; null takes a setting away.
 * Throws `Invalid` with places spelt `settings.token`.
 */
export function mergeSettings(connector: ChannelConnector, stored: SplitSettings, entered: Settings): SplitSettings {
  const fields = fieldsOf(connector);
  const merged = { ...stored.plain, ...stored.secrets };
  for (const [name, value] of Object.entries(entered)) {
    if (value === null) delete merged[name];
    else if (!(value === '' && fields.get(name)?.secret)) merged[name] = value;
  }
  const errors = placesOf(connector.settings, merged);
  if (errors.length > 0) throw new Invalid(errors.map(({ path, detail }) => ({ path: path ? `settings.${path}` : 'settings', detail })));
  const known = Object.entries(merged).filter(([name]) => fields.has(name));
  return {
    plain: Object.fromEntries(known.filter(([name]) => !fields.get(name)?.secret)),
    secrets: Object.fromEntries(known.filter(([name]) => fields.get(name)?.secret)),
  };
}

function fieldsOf(connector: ChannelConnector): Map<string, { secret: boolean }> {
  const { properties } = formShape.parse(formOf(connector));
  return new Map(Object.entries(properties).map(([name, { secret }]) => [name, { secret }]));
}

const formShape = z.object({ properties: z.record(z.string(), z.object({ secret: z.boolean().default(false) })).default({}) });

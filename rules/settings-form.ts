import { z } from 'zod';
import type { NodeType } from './node-type.js';

/** A JSON Schema of what the admin may enter, with labels, help and widgets (`SettingMeta`) on each property. */
export type SettingsForm = z.core.JSONSchema.BaseSchema;

/** Describes the settings of a node type for a form. Defaults are listed; what JSON Schema cannot say is left to the schema itself. */
export function settingsForm(nodeType: NodeType): SettingsForm {
  return z.toJSONSchema(nodeType.settings, { io: 'input', unrepresentable: 'any', reused: 'inline' });
}

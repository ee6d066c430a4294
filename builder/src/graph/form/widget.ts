import { createContext, useContext, type ComponentType } from 'react';
import type { NodeType } from '../../../../rules/index.js';
import type { Directory } from '../../../../api/rule-sets.js';
import type { FieldSchema } from './field-schema.js';

/** One kind of input. A widget shows its own label, help and error, so that each can place them where they belong. */
export interface WidgetProps {
  /** Name of the setting. */
  name: string;
  value: unknown;
  /** `undefined` takes the setting out. */
  onChange: (value: unknown) => void;
  label: string;
  help?: string;
  placeholder?: string;
  /** What is wrong with the value, in words. */
  error?: string;
  required: boolean;
  schema: FieldSchema;
}

/** What a widget may know beyond its own value. */
export interface FormScope {
  /** All settings of the step as they are now. */
  settings: Record<string, unknown>;
  nodeType: NodeType;
  nodeId: string;
  /** IANA zone of the graph. */
  timezone: string;
  directory: Directory;
  readOnly: boolean;
  /** The kinds of input by name, for settings that consist of several. */
  widgets: Readonly<Record<string, ComponentType<WidgetProps>>>;
}

export const emptyDirectory: Directory = { channels: [], pipelines: [], users: [], ruleSets: [], crmConnections: [] };

export const FormScopeContext = createContext<FormScope | undefined>(undefined);

/** @throws Error outside a settings form */
export function useFormScope(): FormScope {
  const scope = useContext(FormScopeContext);
  if (!scope) throw new Error('This input belongs into a settings form');
  return scope;
}

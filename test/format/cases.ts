import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A graph file, good or bad, with what everything that reads graphs must find in it and decide by it. */
export interface FormatCase {
  name: string;
  graph: unknown;
  /** In the order in which they are told. */
  findings: { code: string; severity: string; node?: string; path?: string }[];
  events?: Record<string, unknown>[];
  /** The lines that the events give. */
  lines?: Record<string, unknown>[];
}

const folder = join(import.meta.dirname, 'cases');

export const formatCases: FormatCase[] = readdirSync(folder).map((file) => {
  const read = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Omit<FormatCase, 'name'>;
  return { name: file.replace(/\.json$/, ''), ...read };
});

/** Of a finding what a program looks at. */
export function bareFinding({ code, severity, node, path }: FormatCase['findings'][number]): FormatCase['findings'][number] {
  return { code, severity, ...(node !== undefined && { node }), ...(path !== undefined && { path }) };
}

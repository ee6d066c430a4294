import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson, type RuleGraph } from '../../rules/index.js';
import { CommandError } from '../command-error.js';
import { readJsonFile, unwritable } from '../read-json-file.js';

/** The file that remembers, beside the graphs: it belongs into the repository with them. */
const fileName = '.razvilka.json';

const shape = z.object({ servers: z.record(z.string(), z.record(z.string(), z.string())) });

/**
 * Which draft of each rule set was last taken from or put on a server, by its hash. A draft on the server that has another one was changed by somebody since
 * then; a file that has another one was changed here.
 */
export interface KnownDrafts {
  hashOf(server: string, ruleSet: string): string | undefined;
  /** Keeps a hash; written at once, because the next file may fail. */
  keep(server: string, ruleSet: string, hash: string): Promise<void>;
}

/** SHA-256, in hex, of a graph as its file would hold it: what the server calls a version's hash. */
export function hashOf(graph: RuleGraph): string {
  return createHash('sha256').update(canonicalJson(graph)).digest('hex');
}

/** What is remembered in a folder. @throws CommandError when the memory is there and cannot be read */
export async function readKnownDrafts(folder: string): Promise<KnownDrafts> {
  const file = join(folder, fileName);
  let servers = await read(file);
  return {
    hashOf: (server, ruleSet) => servers[server]?.[ruleSet],
    async keep(server, ruleSet, hash) {
      servers = { ...servers, [server]: { ...servers[server], [ruleSet]: hash } };
      const sorted = Object.fromEntries(Object.entries(servers).map(([url, sets]) => [url, inOrder(sets)]));
      try {
        await writeFile(file, `${JSON.stringify({ servers: inOrder(sorted) }, null, 2)}\n`);
      } catch (error) {
        throw unwritable(file, error);
      }
    },
  };
}

async function read(file: string): Promise<Record<string, Record<string, string>>> {
  let json: unknown;
  try {
    json = await readJsonFile(file);
  } catch (error) {
    if (error instanceof CommandError && error.isMissingFile) return {};
    throw error;
  }
  const known = shape.safeParse(json);
  if (known.success) return known.data.servers;
  throw new CommandError({
    ru: `${file}: это не память razvilka. Уберите файл: следующий pull заведёт новый`,
    en: `${file}: not razvilka’s memory. Remove the file: the next pull makes a new one`,
  });
}

function inOrder<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

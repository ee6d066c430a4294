import { z } from 'zod';
import { draft, ruleSet, versionWithGraph, type RuleSet } from '../../api/rule-sets.js';
import { graphSchema, type RuleGraph } from '../../rules/index.js';
import { CommandError } from '../command-error.js';
import { askSurely, type Server } from './open-server.js';

const list = z.object({ items: z.array(ruleSet) });

/** A draft as the server has it. */
export interface ServersDraft {
  graph: RuleGraph;
  revision: number;
  updatedAt: string;
  updatedBy: string | null;
}

/** All rule sets of the token's account, in order of priority. @throws CommandError as `askSurely` */
export async function gatherRuleSets(server: Server): Promise<RuleSet[]> {
  return (await askSurely(server, 'GET', '/api/rule-sets', list)).items;
}

/** The draft of a rule set. @throws CommandError as `askSurely`, also for one that only a newer version of this program reads */
export async function readDraft(server: Server, { id, name }: RuleSet): Promise<ServersDraft> {
  const read = await askSurely(server, 'GET', `/api/rule-sets/${id}/draft`, draft);
  return { ...read, graph: toGraph(server, name, read.graph) };
}

/** A published version of a rule set. @throws CommandError as `readDraft` */
export async function readVersion(server: Server, { id, name }: RuleSet, version: number): Promise<RuleGraph> {
  return toGraph(server, name, (await askSurely(server, 'GET', `/api/rule-sets/${id}/versions/${version}`, versionWithGraph)).graph);
}

function toGraph({ url }: Server, name: string, json: unknown): RuleGraph {
  const graph = graphSchema.safeParse(json);
  if (graph.success) return graph.data;
  throw new CommandError({
    ru: `${url}: «${name}» записан в форме, которую эта версия не знает. Обновите razvilka`,
    en: `${url}: “${name}” is stored in a form that this version does not know. Update razvilka`,
  });
}

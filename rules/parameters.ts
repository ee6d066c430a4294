import type { RuleGraph } from './graph.js';
import { readPath, spellPath } from './json-path.js';

/** A setting of a node: its name and, where only a part of it is meant, the keys inside it. */
export interface SettingPlace {
  node: string;
  setting: (string | number)[];
}

/** The setting that a recipe's parameter points to, by `nodes.answer.settings.text` or by `nodes[2].settings.text`; undefined where it points to none. */
export function settingAt(graph: Pick<RuleGraph, 'nodes'>, path: string): SettingPlace | undefined {
  const [list, key, part, ...setting] = readPath(path) ?? [];
  if (list !== 'nodes' || part !== 'settings' || setting.length === 0) return undefined;
  const node = typeof key === 'number' ? graph.nodes[key] : graph.nodes.find(({ id }) => id === key);
  return node && { node: node.id, setting };
}

/** Spells the path of a setting by its node's id, so that it stays right whatever becomes of other nodes. */
export function spellSetting({ node, setting }: SettingPlace): string {
  return spellPath(['nodes', node, 'settings', ...setting]);
}

/** The same graph with its parameters' paths by node id; paths that point to no setting stay as they are. */
export function withParametersById(graph: RuleGraph): RuleGraph {
  const parameters = graph.parameters?.map((parameter) => {
    const place = settingAt(graph, parameter.path);
    return place ? { ...parameter, path: spellSetting(place) } : parameter;
  });
  return parameters?.some(({ path }, index) => path !== graph.parameters?.[index]?.path) ? { ...graph, parameters } : graph;
}

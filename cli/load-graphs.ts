import {
  checkGraph,
  describeFinding,
  finding,
  nodeTypes,
  readGraph,
  type AccountDirectory,
  type Bilingual,
  type Finding,
  type RuleGraph,
} from '../rules/index.js';
import { CommandError } from './command-error.js';
import { readJsonFile } from './read-json-file.js';

/** How many findings of a graph that cannot be used are shown; `check` shows all. */
const shownFindings = 10;

/** A graph file, read and checked. */
export interface CheckedFile {
  file: string;
  /** Absent when the format refuses it. */
  graph?: RuleGraph;
  findings: Finding[];
}

/**
 * Reads and checks one graph file.
 * @throws CommandError for an unreadable file, bad JSON or a newer format, naming the file
 */
export async function checkFile(file: string, account?: AccountDirectory): Promise<CheckedFile> {
  const { graph, findings } = readGraph(await readJsonFile(file), nodeTypes);
  const newer = findings.find(({ code }) => code === 'newer-format');
  if (newer) {
    const text = describeFinding(newer);
    throw new CommandError({ ru: `${file}: ${text.ru}`, en: `${file}: ${text.en}` });
  }
  return graph ? { file, graph, findings: checkGraph(graph, nodeTypes, account) } : { file, findings };
}

/** Reads one graph to work with. @throws CommandError as `loadGraphs` */
export async function loadGraph(file: string): Promise<RuleGraph> {
  const [graph] = await loadGraphs([file]);
  if (!graph) throw new Error(`No graph was read from ${file}`);
  return graph;
}

/**
 * Reads graphs to work with, in order of priority.
 * @throws CommandError as `checkFile`, also for a graph with an error (its first findings are told) and for a name used twice
 */
export async function loadGraphs(files: readonly string[]): Promise<RuleGraph[]> {
  const checked: CheckedFile[] = [];
  for (const file of files) checked.push(await checkFile(file));
  const refused = [...checked, ...doubledNames(checked)].flatMap(({ file, findings }) =>
    findings.filter(({ severity }) => severity === 'error').map((found) => ({ file, found })),
  );
  if (refused.length > 0) {
    const lines = refused.slice(0, shownFindings).map(({ file, found }) => findingLine(file, found));
    throw new CommandError({ ru: lines.map(({ ru }) => ru).join('\n'), en: lines.map(({ en }) => en).join('\n') });
  }
  return checked.flatMap(({ graph }) => graph ?? []);
}

/** Files whose rule set has the name of an earlier one. */
export function doubledNames(files: readonly CheckedFile[]): CheckedFile[] {
  const names = new Set<string>();
  return files.flatMap(({ file, graph }) => {
    if (!graph) return [];
    const doubled = names.has(graph.name);
    names.add(graph.name);
    return doubled ? [{ file, findings: [finding('duplicate-rule-set', { path: 'name' }, { name: graph.name })] }] : [];
  });
}

/** `FILE:NODE: error CODE text`; `$` stands for the graph as a whole. */
export function findingLine(file: string, found: Finding): Bilingual {
  const head = `${file}:${found.node ?? '$'}: ${found.severity} ${found.code}`;
  const where = found.path === undefined ? '' : ` (${found.path})`;
  const { ru, en } = describeFinding(found);
  return { ru: `${head} ${ru}${where}`, en: `${head} ${en}${where}` };
}

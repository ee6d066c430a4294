import { canonicalJson, nodeTypes, readGraph, type Language, type RuleGraph } from '../../../rules/index.js';
import { saveFile } from '../ui/save-file.js';
import { withOwnIds } from './canvas-things.js';

/** Gives the graph to the browser as a file, in the form that a version control shows well. @param name of the file, without its ending */
export function downloadGraph(graph: RuleGraph, name = graph.name): void {
  saveFile(`${name.trim() || 'rules'}.rules.json`, canonicalJson(graph), 'application/json');
}

/** Reads a graph file that somebody chose. @returns the graph, or what is wrong with the file, in words */
export async function readGraphFile(file: File, language: Language, notJson: string): Promise<{ graph: RuleGraph } | { problem: string }> {
  let json: unknown;
  try {
    json = JSON.parse((await file.text()).replace(/^\uFEFF/, ''));
  } catch {
    return { problem: notJson };
  }
  const { graph, findings } = readGraph(json, nodeTypes);
  if (graph) return { graph: withOwnIds(graph) };
  return {
    problem: findings
      .slice(0, 5)
      .map(({ text, path }) => [path, text[language]].filter(Boolean).join(': '))
      .join('\n'),
  };
}

/** Lets the user choose one file. Resolves to nothing when none was chosen. */
export function chooseFile(accept: string): Promise<File | undefined> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
}

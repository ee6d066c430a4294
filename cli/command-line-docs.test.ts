import { readFile } from 'node:fs/promises';
import { runRazvilka, writeFiles } from './testing/run-razvilka.js';

const sample = 'samples/night-autoresponder.rules.json';

/** Every `$ npx razvilka ...` of a console block, with what the page says it prints; those that need a server are test/push-pull.test.ts's. */
async function transcripts(): Promise<[string, string][]> {
  const page = await readFile('docs/command-line.md', 'utf8');
  return [...page.matchAll(/```console\n\$ npx razvilka (?!push|pull)([^\n]+)\n([^]*?)```/g)].map(([, command = '', printed = '']) => [
    command,
    printed,
  ]);
}

it('prints what docs/command-line.md shows', async () => {
  const graph = JSON.parse(await readFile(sample, 'utf8')) as { nodes: { id: string; settings: object }[] };
  const evening = graph.nodes.map((node) => (node.id === 'night' ? { ...node, settings: { ...node.settings, from: '18:00' } } : node));
  const files: Record<string, string> = await writeFiles({ 'new.rules.json': { ...graph, nodes: evening } });
  const shown = await transcripts();
  expect(shown.length).toBeGreaterThanOrEqual(3);
  for (const [command, printed] of shown) {
    const { stdout, stderr } = await runRazvilka(command.split(' ').map((arg) => files[arg] ?? arg));
    expect({ command, stdout, stderr }).toEqual({ command, stdout: printed, stderr: '' });
  }
});

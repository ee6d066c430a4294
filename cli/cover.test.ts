import { readFile } from 'node:fs/promises';
import { runRazvilka, writeFiles } from './testing/run-razvilka.js';

const sample = 'samples/night-autoresponder.rules.json';
const events = 'samples/night-autoresponder.events.jsonl';

// The first call builds, if it must; the others then do not race for it.
beforeAll(async () => {
  expect(await runRazvilka(['help'])).toMatchObject({ code: 0 });
}, 120_000);

it('counts what tests and events reach, port by port', async () => {
  const { code, stdout } = await runRazvilka(['cover', sample, '--events', events]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/ {2}spam {5}.*\n {9}pass +4 +3\n {9}filtered +1 +1\n/);
  expect(stdout).toContain('nodes: 4 of 4 (tests 4, events 4); ports: 6 of 6');
});

it('names what only one of both reached, and what neither did', async () => {
  const graph = JSON.parse(await readFile(sample, 'utf8')) as Record<string, unknown>;
  const files = await writeFiles({
    'untested.rules.json': { ...graph, tests: [] },
    'day.jsonl': '{"type":"message-received","at":"2026-03-02T12:00:00Z"}\n',
  });
  const { stdout } = await runRazvilka(['cover', files['untested.rules.json'], '--events', files['day.jsonl']]);
  expect(stdout).toContain('nodes: 3 of 4 (tests 0, events 3); ports: 3 of 6 (tests 0, events 3)');
  expect(stdout).toContain('not reached: spam.filtered, night.inside, hello');
  const json = JSON.parse((await runRazvilka(['cover', files['untested.rules.json'], '--json'])).stdout) as { graphs: object[] };
  expect(json.graphs).toMatchObject([{ file: files['untested.rules.json'], shares: { nodes: { all: 4, reached: 0 } } }]);
});

it('draws the graph with what was reached, and texts stay texts', async () => {
  const graph = JSON.parse(await readFile(sample, 'utf8')) as { nodes: Record<string, unknown>[] };
  const { ['hostile.rules.json']: hostile, ['picture.svg']: picture } = await writeFiles({
    'hostile.rules.json': {
      ...graph,
      name: '</text><script>1</script>',
      // Without a place on the canvas the cards are set in columns.
      nodes: graph.nodes.map((node, index) => ({ ...node, position: undefined, ...(index === 0 && { title: '<b>&"\u0001' }) })),
      tests: [],
    },
    'picture.svg': '',
  });
  const { code } = await runRazvilka(['cover', hostile, '--events', events, '--svg', picture], { locale: 'ru_RU.UTF-8' });
  const svg = await readFile(picture, 'utf8');
  expect({ code, tags: new Set(svg.match(/<\/?[a-z]+/g)) }).toEqual({
    code: 0,
    tags: new Set(['<svg', '<rect', '<g', '</g', '<text', '</text', '<title', '</title', '<path', '<circle', '</svg']),
  });
  expect(svg).toContain('&lt;/text&gt;&lt;script&gt;1&lt;/script&gt;: шаги 4 из 4');
  expect(svg).toContain('&lt;b&gt;&amp;&quot;</text>');
  expect(svg).toContain('проверки 0 · события 4');
  expect(svg).not.toContain('stroke-dasharray');
  const untouched = await runRazvilka(['cover', hostile, '--svg', picture]);
  expect(untouched.code).toBe(0);
  expect((await readFile(picture, 'utf8')).match(/stroke-dasharray/g)).toHaveLength(4 + 3);
});

it('says which file it cannot write', async () => {
  const { code, stderr, stdout } = await runRazvilka(['cover', sample, '--svg', 'samples']);
  expect({ code, stderr, stdout }).toEqual({ code: 2, stderr: expect.stringContaining('samples: cannot write the file'), stdout: '' });
});

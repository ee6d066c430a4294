import { dirname } from 'node:path';
import { z } from 'zod';
import { publish, published } from '../../api/publishing.js';
import { createRuleSet, finding, saveDraft, savedDraft, type RuleSet } from '../../api/rule-sets.js';
import { graphSchema, nodeTypes, readGraph, type Bilingual, type RuleGraph } from '../../rules/index.js';
import { CommandError } from '../command-error.js';
import { findingLine } from '../load-graphs.js';
import type { Command } from '../main.js';
import { Printer } from '../print.js';
import { readArguments } from '../read-arguments.js';
import { readJsonFile } from '../read-json-file.js';
import { hashOf, readKnownDrafts } from '../server/known-drafts.js';
import { openServer, serverOptions, type Server } from '../server/open-server.js';
import { gatherRuleSets, readDraft } from '../server/rule-sets-of.js';

const options = {
  ...serverOptions,
  force: { type: 'boolean' },
  publish: { type: 'boolean' },
  note: { type: 'string' },
  override: { type: 'string' },
} as const;

/** What became of one file: what to print, and whether the server said no. */
interface Outcome {
  lines: Bilingual[];
  refused?: boolean;
}

/**
 * `push FILE... --server URL --token TOKEN`: puts graphs on a server as drafts of the rule sets that they name; with `--publish` they go live. A draft that
 * somebody changed since it was last pulled or pushed here stays, unless `--force` says otherwise. Exit code 1 when the server kept something out.
 */
export const command: Command = async ({ args, say }) => {
  const { values, positionals } = readArguments(args, options, { atLeast: 1 });
  const server = openServer(values, process.env, say);
  const files: { file: string; graph: RuleGraph }[] = [];
  for (const file of positionals) files.push({ file, graph: await readFileToPush(file) });
  const ruleSets = await gatherRuleSets(server);
  const printer = new Printer();
  let refused = false;
  for (const { file, graph } of files) {
    const outcome = await pushOne(server, ruleSets, file, graph, values);
    refused ||= outcome.refused === true;
    for (const line of outcome.lines) await printer.line(say(line));
    await printer.flush();
  }
  return refused ? 1 : 0;
};

type Values = { force?: boolean; publish?: boolean; note?: string; override?: string };

async function pushOne(server: Server, ruleSets: readonly RuleSet[], file: string, graph: RuleGraph, values: Values): Promise<Outcome> {
  const known = await readKnownDrafts(dirname(file));
  const hash = hashOf(graph);
  const ruleSet = ruleSets.find(({ name }) => name === graph.name);
  const saved = ruleSet
    ? await save(server, ruleSet, file, graph, values.force === true ? 'any' : known.hashOf(server.url, graph.name))
    : await create(server, file, graph);
  if (!saved.id) return saved;
  await known.keep(server.url, graph.name, hash);
  if (!values.publish) return saved;
  const live = await goLive(server, saved.id, file, { note: values.note, override: values.override, revision: saved.revision });
  return { ...live, lines: [...saved.lines, ...live.lines] };
}

type Saved = Outcome & { id?: string; revision?: number };

async function create(server: Server, file: string, graph: RuleGraph): Promise<Saved> {
  const body = createRuleSet.parse({ name: graph.name, graph });
  const made = await server.ask('POST', '/api/rule-sets', z.object({ id: z.string() }), body);
  if (!made.ok) return refusal(file, made.text);
  return { id: made.body.id, revision: 1, lines: [line(file, { ru: `«${graph.name}»: создан`, en: `“${graph.name}”: created` })] };
}

/** @param seen the hash of the draft that may be overwritten, or `any` */
async function save(server: Server, ruleSet: RuleSet, file: string, graph: RuleGraph, seen: string | undefined): Promise<Saved> {
  const { id, name } = ruleSet;
  const theirs = await readDraft(server, ruleSet);
  const hash = hashOf(theirs.graph);
  if (hash === hashOf(graph)) {
    return { id, revision: theirs.revision, lines: [line(file, { ru: `«${name}»: без изменений`, en: `“${name}”: nothing to change` })] };
  }
  if (seen !== 'any' && seen !== hash) {
    const who = theirs.updatedBy ?? '—';
    return refusal(file, {
      ru: `черновик «${name}» на сервере изменён (${who}, ${theirs.updatedAt}). Возьмите его: razvilka pull; поверх него: --force`,
      en: `the draft of “${name}” on the server was changed (${who}, ${theirs.updatedAt}). Take it: razvilka pull; overwrite it: --force`,
    });
  }
  const body = saveDraft.parse({ graph, revision: theirs.revision });
  const answer = await server.ask('PUT', `/api/rule-sets/${id}/draft`, savedDraft, body);
  if (!answer.ok) return refusal(file, answer.text);
  const { revision, problems } = answer.body;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const saved = line(file, {
    ru: `«${name}»: сохранён, ошибок ${errors}, замечаний ${problems.length - errors}`,
    en: `“${name}”: saved, errors ${errors}, warnings ${problems.length - errors}`,
  });
  return { id, revision, lines: [saved] };
}

async function goLive(
  server: Server,
  id: string,
  file: string,
  wanted: { note: string | undefined; override: string | undefined; revision: number | undefined },
): Promise<Outcome> {
  const answer = await server.ask('POST', `/api/rule-sets/${id}/publish`, published, publish.parse(wanted));
  if (answer.ok) {
    const { version } = answer.body;
    return { lines: [line(file, { ru: `опубликована версия ${version}`, en: `published as version ${version}` })] };
  }
  const { problems } = z
    .object({ problems: z.array(finding) })
    .catch({ problems: [] })
    .parse(answer.body);
  const said = refusal(file, answer.text);
  return { ...said, lines: [...said.lines, ...problems.map((found) => findingLine(file, found))] };
}

/** A draft may be unfinished, with errors that `check` tells, but it must have a graph file's shape. */
async function readFileToPush(file: string): Promise<RuleGraph> {
  const json = await readJsonFile(file);
  const graph = graphSchema.safeParse(json);
  if (graph.success) return graph.data;
  const { findings } = readGraph(json, nodeTypes);
  const lines = findings.slice(0, 10).map((found) => findingLine(file, found));
  throw new CommandError({ ru: lines.map(({ ru }) => ru).join('\n'), en: lines.map(({ en }) => en).join('\n') });
}

function refusal(file: string, text: string | Bilingual): Outcome {
  const { ru, en } = typeof text === 'string' ? { ru: text, en: text } : text;
  return { refused: true, lines: [line(file, { ru: `не взято: ${ru}`, en: `refused: ${en}` })] };
}

function line(file: string, { ru, en }: Bilingual): Bilingual {
  return { ru: `${file}: ${ru}`, en: `${file}: ${en}` };
}

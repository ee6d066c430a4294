import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RuleSet } from '../../api/rule-sets.js';
import { canonicalJson, graphSchema, type Bilingual, type RuleGraph } from '../../rules/index.js';
import { CommandError } from '../command-error.js';
import type { Command } from '../main.js';
import { Printer } from '../print.js';
import { readArguments } from '../read-arguments.js';
import { readJsonFile, unwritable } from '../read-json-file.js';
import { hashOf, readKnownDrafts, type KnownDrafts } from '../server/known-drafts.js';
import { openServer, serverOptions, type Server } from '../server/open-server.js';
import { gatherRuleSets, readDraft, readVersion } from '../server/rule-sets-of.js';

const options = { ...serverOptions, dir: { type: 'string' }, live: { type: 'boolean' }, force: { type: 'boolean' } } as const;

/**
 * `pull [NAME...] --server URL --token TOKEN`: writes the drafts of rule sets, all of them unless some are named, as files of `--dir` (else here); with `--live`
 * what runs now. A file that was changed here since then stays, unless `--force` says otherwise. Exit code 1 when one stayed.
 */
export const command: Command = async ({ args, say }) => {
  const { values, positionals } = readArguments(args, options, { atLeast: 0 });
  const server = openServer(values, process.env, say);
  const folder = values.dir ?? '.';
  const wanted = chosen(await gatherRuleSets(server), positionals, values.live === true);
  const files = await gatherFiles(folder);
  const known = await readKnownDrafts(folder);
  const printer = new Printer();
  let kept = false;
  for (const ruleSet of wanted) {
    const graph = await readGraph(server, ruleSet, values.live === true);
    const file = files.find((one) => one.graph.name === ruleSet.name) ?? freeFile(folder, ruleSet.name, files);
    const outcome = await place(
      file,
      graph,
      values.force === true || file.graph === undefined ? 'any' : known.hashOf(server.url, ruleSet.name),
    );
    kept ||= outcome.kept;
    files.push({ path: file.path, graph });
    if (!outcome.kept && !values.live) await remember(known, server, ruleSet, graph);
    await printer.line(say({ ru: `${file.path}: ${outcome.text.ru}`, en: `${file.path}: ${outcome.text.en}` }));
    await printer.flush();
  }
  return kept ? 1 : 0;
};

/** A place for a rule set: the file that holds it, or a free name. */
interface Place {
  path: string;
  graph?: RuleGraph;
}

function chosen(ruleSets: readonly RuleSet[], names: readonly string[], live: boolean): RuleSet[] {
  const unknown = names.find((name) => !ruleSets.some((one) => one.name === name));
  if (unknown !== undefined) {
    throw new CommandError({ ru: `На сервере нет набора правил «${unknown}»`, en: `The server has no rule set “${unknown}”` });
  }
  const wanted = ruleSets.filter(({ name }) => names.length === 0 || names.includes(name));
  const draftOnly = wanted.find(({ name, publishedVersion }) => live && publishedVersion === null && names.includes(name));
  if (draftOnly) {
    throw new CommandError({ ru: `«${draftOnly.name}» ещё не публиковался`, en: `“${draftOnly.name}” has not been published yet` });
  }
  return live ? wanted.filter(({ publishedVersion }) => publishedVersion !== null) : wanted;
}

async function readGraph(server: Server, ruleSet: RuleSet, live: boolean): Promise<RuleGraph> {
  if (live && ruleSet.publishedVersion !== null) return readVersion(server, ruleSet, ruleSet.publishedVersion);
  return (await readDraft(server, ruleSet)).graph;
}

/** @param seen the hash of the content that may be overwritten, or `any` */
async function place(file: Place, graph: RuleGraph, seen: string | undefined): Promise<{ text: Bilingual; kept: boolean }> {
  const before = file.graph && hashOf(file.graph);
  if (before === hashOf(graph)) return { text: { ru: 'без изменений', en: 'nothing to change' }, kept: false };
  if (seen !== 'any' && seen !== before) {
    const ru = 'оставлен: в файле есть свои изменения. Отправить их: razvilka push; заменить файл: --force';
    const en = 'kept: the file has changes of its own. Send them: razvilka push; replace the file: --force';
    return { text: { ru, en }, kept: true };
  }
  try {
    await writeFile(file.path, canonicalJson(graph));
  } catch (error) {
    throw unwritable(file.path, error);
  }
  return { text: before === undefined ? { ru: 'создан', en: 'created' } : { ru: 'обновлён', en: 'updated' }, kept: false };
}

async function remember(known: KnownDrafts, { url }: Server, { name }: RuleSet, graph: RuleGraph): Promise<void> {
  const hash = hashOf(graph);
  if (known.hashOf(url, name) !== hash) await known.keep(url, name, hash);
}

/** The graph files of a folder, which is made when it is not there. What is no graph file is passed over. */
async function gatherFiles(folder: string): Promise<Required<Place>[]> {
  const names = await listFolder(folder);
  const files: Required<Place>[] = [];
  for (const name of names.filter((one) => one.endsWith('.rules.json')).sort()) {
    const path = join(folder, name);
    const graph = graphSchema.safeParse(await readJsonFile(path));
    if (graph.success) files.push({ path, graph: graph.data });
  }
  return files;
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true });
    return await readdir(folder);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** A file name that no other rule set has: what the builder's own export would call it. */
function freeFile(folder: string, ruleSet: string, files: readonly Place[]): Place {
  const stem =
    ruleSet
      .replace(/[\p{Cc}\\/:*?"<>|]+/gu, ' ')
      .replace(/^\.+/, '')
      .trim()
      .slice(0, 80) || 'rules';
  const taken = new Set(files.map(({ path }) => path.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const path = join(folder, `${stem}${number === 1 ? '' : ` ${number}`}.rules.json`);
    if (!taken.has(path.toLowerCase())) return { path };
  }
}

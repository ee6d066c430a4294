import { z } from 'zod';
import { isAboutSomebody, surfaceOf } from '../../conditions/event-field.js';
import type { EffectBody } from '../../effect.js';
import { surfaces, type RuleEvent, type Surface } from '../../event.js';
import type { AccountDirectory, Finding } from '../../finding.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { templateField } from '../../settings/fields.js';
import { checkChannel, checkStage, checkTemplate, checkUser } from '../../settings/findings.js';
import { surfaceOptions } from '../../settings/options.js';
import { foldCase } from '../../text/fold-case.js';
import { parseTemplate, type Template } from '../../text/template.js';
import { examples } from './route.examples.js';

const cell = z.string().max(200).optional();
const cells = {
  pipeline: cell.meta({ label: { ru: 'Воронка', en: 'Pipeline' }, widget: 'pipeline' }),
  stage: cell.meta({ label: { ru: 'Этап', en: 'Stage' }, widget: 'stage' }),
  responsible: cell.meta({ label: { ru: 'Ответственный', en: 'Responsible' }, widget: 'user' }),
  tags: templateField.optional().meta({ label: { ru: 'Теги', en: 'Tags' }, widget: 'tags' }),
};

const settings = z.strictObject({
  rows: z
    .array(
      z.strictObject({
        when: z
          .strictObject({
            channel: cell.meta({ label: { ru: 'Канал', en: 'Channel' }, help: { ru: 'ID или название', en: 'Id or name' } }),
            kind: cell.meta({ label: { ru: 'Вид канала', en: 'Channel kind' } }),
            surface: z
              .enum(surfaces)
              .optional()
              .meta({ label: { ru: 'Директ или комментарии', en: 'Direct or comments' }, options: surfaceOptions }),
          })
          .default({})
          .meta({ label: { ru: 'Источник', en: 'Source' } }),
        ...cells,
      }),
    )
    .max(1000)
    .default([])
    .meta({
      label: { ru: 'В зависимости от источника', en: 'By source' },
      help: {
        ru: 'Действует первая подходящая строка; пустая ячейка берётся из «По умолчанию»',
        en: 'The first row that fits applies; an empty cell is taken from the default',
      },
      widget: 'routes',
    }),
  default: z
    .strictObject(cells)
    .default({})
    .meta({ label: { ru: 'По умолчанию', en: 'Default' } }),
});
export type Settings = z.input<typeof settings>;
type Routes = z.output<typeof settings>;
type Cells = Routes['default'];

/** Sets stage, responsible and tags by the channel that a message came through. */
export const route = defineNode({
  type: 'route',
  family: 'action',
  icon: 'IconRoute',
  title: { ru: 'По источнику', en: 'Route by source' },
  description: { ru: 'Ставит этап, ответственного и теги в зависимости от канала', en: 'Sets stage, responsible and tags by the channel' },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  reasons: {
    row: { ru: 'подошла строка {row}', en: 'row {row} fits' },
    default: { ru: 'ни одна строка не подошла, действует «По умолчанию»', en: 'no row fits, the default applies' },
    nothing: { ru: 'задавать нечего', en: 'there is nothing to set' },
    nobody: { ru: 'нет ни клиента, ни сделки', en: 'there is neither a client nor a deal' },
  },
  summary({ rows, default: rest }) {
    const usual = [rest.stage, rest.responsible, rest.tags].filter(Boolean).join(', ');
    return {
      ru: `Строк: ${rows.length}${usual && `; по умолчанию: ${usual}`}`,
      en: `Rows: ${rows.length}${usual && `; default: ${usual}`}`,
    };
  },
  check({ rows, default: rest }, { account }) {
    const findings = checkCells(rest, 'default.', account);
    rows.forEach((row, place) => {
      const at = `rows[${place}].`;
      findings.push(...checkCells({ ...row, pipeline: row.pipeline || rest.pipeline, stage: row.stage || rest.stage }, at, account));
      if (row.when.channel) findings.push(...checkChannel(account, row.when.channel, `${at}when.channel`, ['id', 'name']));
      const earlier = rows.findIndex((other, before) => before < place && covers(other.when, row.when));
      if (earlier >= 0) findings.push(shadowedRow(place, earlier));
    });
    return findings;
  },
  asks: () => ['set-stage', 'assign-responsible', 'add-tags'],
  compile({ rows, default: rest }, { nodeId, timezone }) {
    const usual = compileCells(rest, rest);
    const known = rows.map((row, place) => ({ because: { key: 'row', values: { row: place + 1 } }, cells: compileCells(row, rest) }));
    const findRow = compileSources(rows.map(({ when }) => when));
    return ({ event, now }) => {
      const row = known[findRow(event)];
      const { effects, template } = row?.cells ?? usual;
      const tags = template?.toTags({ event, now, timezone, nodeId }) ?? [];
      if (effects.length === 0 && tags.length === 0) return nothing;
      if (!isAboutSomebody(event)) return nobody;
      const all: EffectBody[] = tags.length > 0 ? [...effects, { type: 'add-tags', tags }] : effects;
      return { go: 'next', because: row?.because ?? byDefault, effects: all };
    };
  },
  examples,
});

const byDefault = { key: 'default' };
const nothing: Outcome = { go: 'next', because: { key: 'nothing' } };
const nobody: Outcome = {
  fail: 'There is nobody to route: the event has neither a contact nor a conversation nor a deal',
  because: { key: 'nobody' },
};

/** An empty cell of a form is a missing one. */
function compileCells(row: Cells, rest: Cells): { effects: EffectBody[]; template?: Template } {
  const pipeline = row.pipeline || rest.pipeline;
  const stage = row.stage || rest.stage;
  const responsible = row.responsible || rest.responsible;
  const tags = row.tags || rest.tags;
  const effects: EffectBody[] = [];
  if (stage) effects.push({ type: 'set-stage', ...(pipeline ? { pipeline } : {}), stage });
  if (responsible) effects.push({ type: 'assign-responsible', user: responsible });
  return { effects, ...(tags ? { template: parseTemplate(tags) } : {}) };
}

interface Source {
  channel?: string | undefined;
  kind?: string | undefined;
  surface?: Surface | undefined;
}

/**
 * The place of the first row that fits an event, or -1. A channel's names are folded once a message, and of the rows that name a
 * channel only those of this one are looked at.
 */
function compileSources(sources: readonly Source[]): (event: RuleEvent) => number {
  const all = sources.map(({ channel, kind, surface }, place) => ({
    place,
    channel: channel || undefined,
    kind: kind && foldCase(kind),
    surface,
  }));
  type Row = (typeof all)[number];
  const anyChannel = all.filter(({ channel }) => channel === undefined);
  const byId = new Map<string, Row[]>();
  const byName = new Map<string, Row[]>();
  for (const row of all) {
    if (row.channel === undefined) continue;
    put(byId, row.channel, row);
    put(byName, foldCase(row.channel), row);
  }
  const hasKinds = all.some(({ kind }) => kind);
  return (event) => {
    const { channel } = event;
    const kind = hasKinds && channel?.kind !== undefined ? foldCase(channel.kind) : undefined;
    const surface = channel && surfaceOf(event);
    const firstOf = (rows: readonly Row[] | undefined): number => {
      for (const row of rows ?? []) if ((!row.kind || row.kind === kind) && (!row.surface || row.surface === surface)) return row.place;
      return sources.length;
    };
    let place = firstOf(anyChannel);
    if (channel?.id !== undefined) place = Math.min(place, firstOf(byId.get(channel.id)));
    if (channel?.name !== undefined && byName.size > 0) place = Math.min(place, firstOf(byName.get(foldCase(channel.name))));
    return place < sources.length ? place : -1;
  };
}

function put<T>(lists: Map<string, T[]>, key: string, entry: T): void {
  const list = lists.get(key);
  if (list) list.push(entry);
  else lists.set(key, [entry]);
}

/** Whether every event of the later row is taken by the earlier one. */
function covers(earlier: Source, later: Source): boolean {
  return (['channel', 'kind', 'surface'] as const).every((key) => !earlier[key] || earlier[key] === later[key]);
}

function checkCells(row: Cells, at: string, account: AccountDirectory | undefined): Finding[] {
  const findings = [
    ...checkStage(account, { pipeline: row.pipeline, stage: row.stage }, at),
    ...checkUser(account, row.responsible, `${at}responsible`),
  ];
  if (row.tags) findings.push(...checkTemplate(row.tags, `${at}tags`));
  if (row.pipeline && !row.stage) {
    findings.push({
      code: 'route-pipeline-without-stage',
      severity: 'warning',
      path: `${at}pipeline`,
      text: { ru: 'Воронка без этапа ничего не меняет', en: 'A pipeline without a stage changes nothing' },
      mend: { ru: 'Выберите этап', en: 'Choose a stage' },
    });
  }
  return findings;
}

function shadowedRow(place: number, earlier: number): Finding {
  return {
    code: 'route-row-shadowed',
    severity: 'warning',
    path: `rows[${place}]`,
    text: {
      ru: `Строка ${place + 1} не сработает: всё, что ей подходит, забирает строка ${earlier + 1}`,
      en: `Row ${place + 1} never applies: row ${earlier + 1} takes all that fits it`,
    },
    mend: { ru: 'Поставьте более точную строку выше', en: 'Put the more exact row above' },
  };
}

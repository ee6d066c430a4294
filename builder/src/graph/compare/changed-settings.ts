import { nodeTypes, settingsForm, type GraphNode, type RuleGraph } from '../../../../rules/index.js';
import { cardOf } from '../card-view.js';
import { fieldsOf, type FieldSchema } from '../form/field-schema.js';
import { isSameJson } from '../saving/draft-saver.js';
import { nameIds } from '../name-ids.js';
import { entryWords, valueWords, type Reader } from './value-words.js';

/** One thing that is another now: what it is called, and both values in words, line by line. A list shows only the entries that came and went. */
export interface ChangedValue {
  what: string;
  old: string[];
  new: string[];
}

/**
 * What differs between two settings of a step, in the order of its form.
 * @param paths what `diffGraphs` found there: `title`, `settings.text`, `settings.hours.from`
 */
export function changedSettings(
  before: GraphNode,
  after: GraphNode,
  paths: readonly string[],
  graphs: { older: RuleGraph; newer: RuleGraph },
  reader: Reader,
): ChangedValue[] {
  const { language, t, names } = reader;
  if (before.type !== after.type) {
    const title = (node: GraphNode) => nodeTypes.get(node.type)?.title[language] ?? node.type;
    const summary = (node: GraphNode, { timezone }: RuleGraph) => nameIds(cardOf(node, language, timezone).summary, names);
    const said = { what: t('compare.does'), old: lines(summary(before, graphs.older)), new: lines(summary(after, graphs.newer)) };
    return [
      { what: t('compare.type'), old: [title(before)], new: [title(after)] },
      ...(said.old.length + said.new.length > 0 ? [said] : []),
    ];
  }
  const nodeType = nodeTypes.get(after.type);
  const fields = nodeType ? fieldsOf(settingsForm(nodeType)) : [];
  const changed = [...new Set(paths.flatMap((path) => settingOf(path) ?? []))];
  const known = fields.filter(({ name }) => changed.includes(name));
  const unknown = changed.filter((name) => !fields.some((field) => field.name === name)).map((name) => ({ name, schema: undefined }));
  return [
    ...(paths.includes('title') ? [{ what: t('panel.title'), old: lines(before.title), new: lines(after.title) }] : []),
    ...(paths.includes('disabled')
      ? [
          {
            what: t('compare.works'),
            old: [t(before.disabled ? 'diff.no' : 'diff.yes')],
            new: [t(after.disabled ? 'diff.no' : 'diff.yes')],
          },
        ]
      : []),
    ...[...known, ...unknown].map(({ name, schema }) => changedValue(name, schema, before.settings[name], after.settings[name], reader)),
  ];
}

/** One setting as it was and as it is. What is not written down is what the node type begins with. */
export function changedValue(name: string, schema: FieldSchema | undefined, old: unknown, now: unknown, reader: Reader): ChangedValue {
  const what = schema?.label?.[reader.language] ?? name;
  const [before, after] = [old ?? schema?.default, now ?? schema?.default];
  if (Array.isArray(before) && Array.isArray(after)) {
    const gone = before.filter((entry) => !after.some((other) => isSameJson(entry, other)));
    const come = after.filter((entry) => !before.some((other) => isSameJson(entry, other)));
    const isReordered = gone.length + come.length === 0;
    return {
      what,
      old: entryWords(isReordered ? before : gone, schema, reader),
      new: entryWords(isReordered ? after : come, schema, reader),
    };
  }
  return { what, old: valueWords(before, schema, reader).split('\n'), new: valueWords(after, schema, reader).split('\n') };
}

function settingOf(path: string): string | undefined {
  const found = /^settings(?:\.([^.[]+)|\["((?:[^"\\]|\\.)*)"\])/.exec(path);
  return found?.[1] ?? found?.[2];
}

/** The lines of a text; none of an empty one. */
export function lines(text: string | undefined): string[] {
  return text ? text.split('\n') : [];
}

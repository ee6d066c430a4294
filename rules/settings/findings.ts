import type { Bilingual } from '../bilingual.js';
import type { AccountDirectory, Finding } from '../finding.js';
import { findByAccident } from '../text/everyday-words.js';
import { parsePatterns } from '../text/patterns.js';
import { hasLooseBraces, substitutionNames, unclosedSubstitutions, unknownSubstitutions } from '../text/template.js';
import { shadowedPatterns } from '../text/words.js';

/** Findings of a field of word patterns at `path`. */
export function checkPatterns(text: string, path = 'patterns'): Finding[] {
  const { patterns, problems } = parsePatterns(text);
  const findings: Finding[] = problems.map(({ source, problem }) => ({ ...patternProblems[problem](source), path }));
  if (patterns.length === 0 && problems.length === 0) {
    findings.push({
      code: 'words-empty',
      severity: 'warning',
      path,
      text: { ru: 'Список слов пуст: этот шаг ничего не отбирает', en: 'The list of words is empty: this step selects nothing' },
      mend: { ru: 'Впишите слова через пробел или с новой строки', en: 'Enter words, separated by spaces or line breaks' },
    });
  }
  for (const { pattern, by } of shadowedPatterns(patterns)) {
    findings.push({
      code: 'word-shadowed',
      severity: 'warning',
      path,
      text: {
        ru: `Правило «${pattern}» лишнее: всё, что оно находит, находит «${by}»`,
        en: `“${pattern}” is needless: “${by}” finds all that it finds`,
      },
      mend: { ru: `Удалите «${pattern}»`, en: `Delete “${pattern}”` },
    });
  }
  for (const { source } of patterns) {
    const words = findByAccident(source).join(', ');
    if (words === '') continue;
    findings.push({
      code: 'word-very-wide',
      severity: 'warning',
      path,
      text: {
        ru: `Правило «${source}» найдёт и случайные слова: ${words}`,
        en: `“${source}” also finds words by accident: ${words}`,
      },
      mend: { ru: 'Возьмите больше букв или уберите первую звёздочку', en: 'Take more letters, or remove the first asterisk' },
    });
  }
  return findings;
}

/** Findings of a text for people, with substitutions and variants, at `path`. */
export function checkTemplate(text: string, path: string): Finding[] {
  const findings = checkSubstitutions(text, path);
  if (hasLooseBraces(text)) {
    findings.push({
      code: 'variants-unclosed',
      severity: 'warning',
      path,
      text: {
        ru: 'Скобки вариантов не парные: клиент увидит их в тексте',
        en: 'The braces of the variants do not match: the client will see them in the text',
      },
      mend: { ru: 'Варианты пишутся так: {{один;другой}}', en: 'Variants are written as {{one;another}}' },
    });
  }
  return findings;
}

/** Findings of a text with substitutions at `path`, whatever else its syntax is. */
export function checkSubstitutions(text: string, path: string): Finding[] {
  const unknown = unknownSubstitutions(text).map((name): Finding => ({
    code: 'unknown-substitution',
    severity: 'warning',
    path,
    text: {
      ru: `Подстановки ${name} нет: в тексте она останется как есть`,
      en: `There is no substitution ${name}: it will stay in the text as it is`,
    },
    mend: { ru: `Есть: ${substitutionList}`, en: `There are: ${substitutionList}` },
  }));
  const unclosed = unclosedSubstitutions(text).map((name): Finding => ({
    code: 'substitution-unclosed',
    severity: 'warning',
    path,
    text: {
      ru: `У подстановки ${name} нет знака % с одной стороны: она останется в тексте как есть`,
      en: `The substitution ${name} lacks a percent sign on one side: it will stay in the text as it is`,
    },
    mend: { ru: `Напишите %${name}%`, en: `Write %${name}%` },
  }));
  return [...unknown, ...unclosed];
}

/** A warning that a text which the step lives by is empty. */
export function checkEmpty(text: string, path: string, what: Bilingual): Finding[] {
  if (text.trim() !== '') return [];
  return [{ code: 'text-empty', severity: 'warning', path, text: what, mend: { ru: 'Впишите текст', en: 'Enter a text' } }];
}

/**
 * Findings of a pipeline and a stage against the account's own; without a pipeline the stage may be of any.
 * @param isSame how the node compares names
 */
export function checkStage(
  account: AccountDirectory | undefined,
  { pipeline, stage }: { pipeline?: string; stage?: string },
  at = '',
  isSame: (one: string, other: string) => boolean = (one, other) => one === other,
): Finding[] {
  const pipelines = account?.pipelines;
  if (!pipelines) return [];
  const named = pipeline ? pipelines.filter((known) => isSame(known.name, pipeline)) : pipelines;
  if (named.length === 0) {
    return [
      missing(
        { code: 'unknown-pipeline', path: `${at}pipeline` },
        { ru: `Воронки «${pipeline}» нет`, en: `There is no pipeline “${pipeline}”` },
        pipelines.map((known) => known.name),
      ),
    ];
  }
  const stages = named.flatMap((known) => known.stages.map((known) => known.name));
  if (!stage || stages.some((known) => isSame(known, stage))) return [];
  const where = pipeline ? { ru: ` в воронке «${pipeline}»`, en: ` in the pipeline “${pipeline}”` } : { ru: '', en: '' };
  const text = { ru: `Этапа «${stage}»${where.ru} нет`, en: `There is no stage “${stage}”${where.en}` };
  return [missing({ code: 'unknown-stage', path: `${at}stage` }, text, stages)];
}

/** A finding where an account has no such user. */
export function checkUser(account: AccountDirectory | undefined, user: string | undefined, path: string): Finding[] {
  if (!account?.users || !user || account.users.some((known) => known.id === user)) return [];
  const text = { ru: `Сотрудника «${user}» нет`, en: `There is no user “${user}”` };
  return [
    missing(
      { code: 'unknown-user', path },
      text,
      account.users.map((known) => `${known.id} (${known.name})`),
    ),
  ];
}

/** A finding where no channel of an account is called so. `by` says which of a channel's fields count. */
export function checkChannel(
  account: AccountDirectory | undefined,
  channel: string,
  path: string,
  by: readonly ('id' | 'name' | 'kind')[],
): Finding[] {
  if (!account?.channels || account.channels.some((known) => by.some((field) => known[field] === channel))) return [];
  const text = { ru: `Канала «${channel}» нет`, en: `There is no channel “${channel}”` };
  const names = account.channels.flatMap((known) => by.map((field) => known[field]));
  return [{ ...missing({ code: 'unknown-channel', path }, text, names), severity: 'warning' }];
}

/** A finding where an account has no CRM connection of this id. */
export function checkCrmConnection(account: AccountDirectory | undefined, connection: string, path: string): Finding[] {
  if (!account?.crmConnections || account.crmConnections.some(({ id }) => id === connection)) return [];
  const text = { ru: `Исходящего канала «${connection}» нет`, en: `There is no CRM connection “${connection}”` };
  return [
    missing(
      { code: 'unknown-crm-connection', path },
      text,
      account.crmConnections.map(({ id, name }) => `${id} (${name})`),
    ),
  ];
}

function missing({ code, path }: { code: string; path: string }, text: Bilingual, known: readonly string[]): Finding {
  const list = [...new Set(known)].slice(0, 10).join(', ');
  return { code, severity: 'error', path, text, ...(list ? { mend: { ru: `Есть: ${list}`, en: `There are: ${list}` } } : {}) };
}

const substitutionList = substitutionNames.map((name) => `%${name}%`).join(' ');

const patternProblems = {
  'star-alone': (source: string): Finding => ({
    code: 'word-star-alone',
    severity: 'error',
    text: { ru: `В правиле «${source}» нет слова, одна звёздочка`, en: `The pattern “${source}” has no word, only an asterisk` },
    mend: { ru: 'Допишите слово: цен*, *куп*', en: 'Add a word: pric*, *buy*' },
  }),
  'star-inside': (source: string): Finding => ({
    code: 'word-star-inside',
    severity: 'error',
    text: { ru: `В правиле «${source}» звёздочка стоит внутри`, en: `The pattern “${source}” has an asterisk inside` },
    mend: { ru: 'Звёздочка ставится только в начале и в конце', en: 'An asterisk stands only at the start and at the end' },
  }),
  'no-words': (source: string): Finding => ({
    code: 'word-without-words',
    severity: 'warning',
    text: {
      ru: `В правиле «${source}» нет букв и цифр, оно ничего не найдёт`,
      en: `The pattern “${source}” has no letters or digits and finds nothing`,
    },
    mend: { ru: `Удалите «${source}»`, en: `Delete “${source}”` },
  }),
};

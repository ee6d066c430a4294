import type { Command } from '../main.js';

const text = {
  ru: `npx razvilka КОМАНДА

  run ГРАФ... --events ФАЙЛ   прогнать события через графы; одна строка JSON на событие
      --events -              события из стандартного ввода
      --until МОМЕНТ          до какого момента идут часы после последнего события
  check ГРАФ...               найти ошибки и странности; код 1, если есть ошибка
      --account ФАЙЛ          сверить названия каналов, воронок, этапов и людей
  test ГРАФ...                выполнить проверки, записанные в графах; код 1, если не прошла
  diff СТАРЫЙ НОВЫЙ           разница по смыслу; код 0 — одинаковы, 1 — различаются
  bench ГРАФ --events ФАЙЛ    измерить скорость решений
  help                        эта справка

  --json  у check, test, diff и bench: вывод для программ
Код 2: вход не читается или в графе ошибка. Сообщения — по-русски, если такова локаль (LANG).
`,
  en: `npx razvilka COMMAND

  run GRAPH... --events FILE  play events through the graphs; one JSON line an event
      --events -              events from standard input
      --until INSTANT         how far the clock goes after the last event
  check GRAPH...              find what is wrong or surprising; exit code 1 on an error
      --account FILE          compare names of channels, pipelines, stages and people
  test GRAPH...               run the tests that live in the graphs; exit code 1 on a failure
  diff OLD NEW                the difference in meaning; exit code 0 equal, 1 different
  bench GRAPH --events FILE   measure how fast the graph decides
  help                        this text

  --json  with check, test, diff and bench: output for programs
Exit code 2: the input cannot be read, or a graph has an error.
`,
};

export const command: Command = async ({ say }) => {
  process.stdout.write(say(text));
  return 0;
};

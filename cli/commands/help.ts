import type { Command } from '../main.js';

const text = {
  ru: `npx razvilka КОМАНДА

  run ГРАФ... --events ФАЙЛ   прогнать события через графы; одна строка JSON на событие
      --events -              события из стандартного ввода
      --until МОМЕНТ          до какого момента идут часы после последнего события
                              (также у cover, explain, backtest)
  check ГРАФ...               найти ошибки и странности; код 1, если есть ошибка
      --account ФАЙЛ          сверить названия каналов, воронок, этапов и людей
  test ГРАФ...                выполнить проверки, записанные в графах; код 1, если не прошла
  cover ГРАФ...               до каких шагов и выходов доходят проверки графа
      --events ФАЙЛ           и эти события
      --svg ФАЙЛ              то же картинкой
  diff СТАРЫЙ НОВЫЙ           разница по смыслу; код 0 — одинаковы, 1 — различаются
  backtest СТАРЫЙ НОВЫЙ --events ФАЙЛ
                              что изменилось бы на записанных событиях; код 1, если изменилось
      --old ФАЙЛ --new ФАЙЛ   несколько наборов правил: ключ повторяется
  explain ГРАФ... --events ФАЙЛ --event КОД
                              почему событие прошло именно так
      --node ШАГ              почему этот шаг не сработал и что должно было быть иначе
  bench ГРАФ --events ФАЙЛ    измерить скорость решений
  push ФАЙЛ... --server URL --token ТОКЕН
                              отправить графы на сервер черновиками; код 1, если сервер не взял
      --publish               и опубликовать; --note ТЕКСТ, --override ПРИЧИНА
      --force                 поверх черновика, который на сервере изменили
  pull [НАЗВАНИЕ...] --server URL --token ТОКЕН
                              записать черновики с сервера в файлы; код 1, если файл оставлен
      --dir ПАПКА, --live     куда; не черновик, а то, что работает
      --force                 поверх файла, который изменили здесь
                              вместо ключей: RAZVILKA_SERVER и RAZVILKA_TOKEN
  help                        эта справка

  --json  у check, test, cover, diff, backtest, bench и explain: вывод для программ
Код 2: вход не читается, сервер не отвечает или в графе ошибка. Сообщения — по-русски, если такова локаль (LANG).
`,
  en: `npx razvilka COMMAND

  run GRAPH... --events FILE  play events through the graphs; one JSON line an event
      --events -              events from standard input
      --until INSTANT         how far the clock goes after the last event
                              (also with cover, explain, backtest)
  check GRAPH...              find what is wrong or surprising; exit code 1 on an error
      --account FILE          compare names of channels, pipelines, stages and people
  test GRAPH...               run the tests that live in the graphs; exit code 1 on a failure
  cover GRAPH...              which steps and ports the graph's tests reach
      --events FILE           and these events
      --svg FILE              the same as a picture
  diff OLD NEW                the difference in meaning; exit code 0 equal, 1 different
  backtest OLD NEW --events FILE
                              what would have changed on recorded events; exit code 1 if anything
      --old FILE --new FILE   several rule sets: the option repeats
  explain GRAPH... --events FILE --event ID
                              why the event went the way it did
      --node NODE             why this step did not run, and what would have to differ
  bench GRAPH --events FILE   measure how fast the graph decides
  push FILE... --server URL --token TOKEN
                              put graphs on a server as drafts; exit code 1 when it refuses one
      --publish               and publish them; --note TEXT, --override REASON
      --force                 over a draft that was changed on the server
  pull [NAME...] --server URL --token TOKEN
                              write drafts of a server into files; exit code 1 when a file stays
      --dir FOLDER, --live    where to; what runs now instead of the draft
      --force                 over a file that was changed here
                              instead of the options: RAZVILKA_SERVER and RAZVILKA_TOKEN
  help                        this text

  --json  with check, test, cover, diff, backtest, bench and explain: output for programs
Exit code 2: the input cannot be read, the server does not answer, or a graph has an error.
`,
};

export const command: Command = async ({ say }) => {
  process.stdout.write(say(text));
  return 0;
};

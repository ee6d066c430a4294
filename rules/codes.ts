import { fill, type Bilingual, type Language } from './bilingual.js';
import type { Finding } from './finding.js';

interface Code {
  severity: Finding['severity'];
  text: Bilingual;
  mend: Bilingual;
}

const error = (ru: string, en: string, mendRu: string, mendEn: string): Code => ({
  severity: 'error',
  text: { ru, en },
  mend: { ru: mendRu, en: mendEn },
});
const warning = (...texts: [string, string, string, string]): Code => ({ ...error(...texts), severity: 'warning' });

/** Everything that the format and the checks of a whole graph may find; node types bring their own. Explained in docs/checks.md. */
export const codes = {
  // What the format refuses
  'not-a-graph': error(
    'Это не граф правил: ожидается объект JSON.',
    'This is not a rule graph: a JSON object is expected.',
    'Откройте файл *.rules.json.',
    'Open a *.rules.json file.',
  ),
  'newer-format': error(
    'Файл записан в формате {format}, а эта версия читает форматы до {known} включительно.',
    'The file has format {format}, and this version reads formats up to {known}.',
    'Обновите Razvilka или сохраните граф в более старом формате.',
    'Update Razvilka, or save the graph in an older format.',
  ),
  'too-large': error(
    'Слишком много: {what}, {count} при допустимых {limit}.',
    'Too many {what}: {count}, and {limit} are allowed.',
    'Разделите граф на несколько наборов правил.',
    'Split the graph into several rule sets.',
  ),
  'too-deep': error(
    'Вложенность больше {limit} уровней.',
    'Nested deeper than {limit} levels.',
    'Упростите условие: соедините вложенные «и» и «или».',
    'Simplify the condition: merge nested groups.',
  ),
  'unknown-key': error(
    'Неизвестное поле {key}.',
    'Unknown key {key}.',
    'Исправьте название поля или удалите его.',
    'Correct the name of the key, or remove it.',
  ),
  'bad-value': error(
    'Недопустимое значение: {problem}.',
    'A value is not right: {problemEn}.',
    'Исправьте значение по указанному пути.',
    'Correct the value at this path.',
  ),
  'bad-timezone': error(
    'Неизвестный часовой пояс «{zone}».',
    'Unknown time zone “{zone}”.',
    'Укажите название из базы IANA, например Europe/Moscow.',
    'Use a name of the IANA database, such as Europe/Moscow.',
  ),
  'duplicate-id': error(
    'Шаг с кодом {id} уже есть.',
    'There is already a node {id}.',
    'Дайте каждому шагу свой код.',
    'Give every node an id of its own.',
  ),
  'unknown-type': error(
    'Неизвестный вид шага {type}.',
    'Unknown node type {type}.',
    'Выберите вид шага из палитры или обновите Razvilka.',
    'Choose a type from the palette, or update Razvilka.',
  ),
  'unknown-setting': error(
    'У шага нет настройки {key}.',
    'The node has no setting {key}.',
    'Исправьте название настройки или удалите её.',
    'Correct the name of the setting, or remove it.',
  ),
  'bad-setting': error(
    'Недопустимая настройка: {problem}.',
    'A setting is not right: {problemEn}.',
    'Исправьте настройку по указанному пути.',
    'Correct the setting at this path.',
  ),
  'bad-edge': error(
    'Связь «{from}» не называет выход: ожидается шаг.выход.',
    'The edge “{from}” names no port: node.port is expected.',
    'Запишите начало связи как шаг.выход, например in.next.',
    'Write where the edge starts as node.port, such as in.next.',
  ),
  'unknown-node': error(
    'Связь ведёт к шагу {id}, которого нет.',
    'The edge names the node {id}, which does not exist.',
    'Удалите связь или исправьте код шага.',
    'Remove the edge, or correct the id.',
  ),
  'unknown-port': error(
    'У шага {id} нет выхода {port}; его выходы: {ports}.',
    'The node {id} has no port {port}; its ports: {ports}.',
    'Проведите связь от существующего выхода.',
    'Start the edge at a port that exists.',
  ),
  'edge-into-trigger': error(
    'Связь входит в {id}, а с него запуск только начинается.',
    'The edge enters {id}, where runs only start.',
    'Ведите связь к следующему шагу, минуя запуск.',
    'Lead the edge to the step after the trigger.',
  ),
  'bad-test-event': error(
    'Событие проверки «{test}» записано неверно: {problem}.',
    'An event of the test “{test}” is not right: {problemEn}.',
    'Исправьте событие проверки.',
    'Correct the event of the test.',
  ),
  'unknown-parameter-path': warning(
    'Параметр {name} указывает на {target}, чего в графе нет.',
    'The parameter {name} points at {target}, which the graph does not have.',
    'Исправьте путь параметра.',
    'Correct the path of the parameter.',
  ),
  // What a graph says
  'no-trigger': warning(
    'Ни один шаг не запускает правила: они ничего не сделают.',
    'No node starts the rules: they will do nothing.',
    'Добавьте запуск, например «Сообщение».',
    'Add a trigger, such as “Message”.',
  ),
  unreachable: warning(
    'До шага не дойти ни от одного запуска.',
    'No trigger reaches this node.',
    'Соедините шаг с остальными или удалите его.',
    'Connect the node, or remove it.',
  ),
  'dead-end': warning(
    'Ни один выход шага никуда не ведёт: он ничего не меняет.',
    'No port of the node leads anywhere: it changes nothing.',
    'Проведите связь к следующему шагу или удалите шаг.',
    'Lead an edge to a next step, or remove the node.',
  ),
  'loose-port': warning(
    'Выход {port} никуда не ведёт.',
    'The exit {port} leads nowhere.',
    'Проведите связь от этого выхода или убедитесь, что здесь и правда нечего делать.',
    'Lead an edge from this port, or make sure that nothing is to be done there.',
  ),
  'filter-stops-more': warning(
    'Фильтр выбрасывает сообщение целиком, и шаги, которые не просто отвечают, его не увидят: {nodes}.',
    'The filter drops the whole message, so steps that do more than answer will not see it: {nodes}.',
    'Чтобы только выбрать ветку, возьмите «Слова в сообщении» или «Если»; чтобы продолжить с отфильтрованным, проведите связь от выхода filtered.',
    'To branch without dropping use word-match or if; to go on with what is filtered, lead an edge from the port filtered.',
  ),
  'illegal-cycle': error(
    'Шаги ходят по кругу без ожидания: {nodes}.',
    'The steps form a cycle without a wait: {nodes}.',
    'Разорвите круг или поставьте в него шаг ожидания.',
    'Break the cycle, or put a waiting step into it.',
  ),
  'duplicate-edge': warning(
    'Связь {from} → {to} повторяется.',
    'The edge {from} → {to} is there twice.',
    'Удалите лишнюю связь.',
    'Remove one of them.',
  ),
  'filter-never-passes': warning(
    'Фильтр не пропустит ни одного сообщения: {because}.',
    'No message passes the filter: {because}.',
    'Сравните фильтр с названным шагом: вместе они отсеивают всё.',
    'Compare the filter with the node named: together they keep everything out.',
  ),
  'filter-never-filters': warning(
    'Фильтр ничего не отсеет: {because}.',
    'The filter filters nothing: {because}.',
    'Удалите фильтр, или исправьте его или названный шаг.',
    'Remove the filter, or mend it or the node named.',
  ),
  'port-never-left': warning(
    'Выходом {port} не уйдёт ни одно сообщение: {because}.',
    'No message leaves by the exit {port}: {because}.',
    'Исправьте условие, часы или слова здесь или в названном шаге, либо уберите ветку.',
    'Mend the condition, the hours or the words here or in the node named, or remove the branch.',
  ),
  'choice-needless': warning(
    'Выбирать не из чего, выход {port} не случается: {because}.',
    'There is nothing to choose, the exit {port} never happens: {because}.',
    'Удалите шаг или исправьте его настройки.',
    'Remove the node, or mend its settings.',
  ),
  'drops-everything': warning(
    'Каждое сообщение от {trigger} отбрасывается здесь, до любого действия.',
    'Every message of {trigger} is dropped here, before anything is done with it.',
    'Поставьте перед отбрасыванием фильтр или условие.',
    'Put a filter or a condition before the drop.',
  ),
  'answers-endlessly': warning(
    'Ответ повторяется по кругу, пока идёт время, даже если клиент молчит: {nodes}.',
    'The answer is repeated as time goes on, even if the client is silent: {nodes}.',
    'Разорвите круг или поставьте в него шаг «Не чаще» или «Ждать ответ».',
    'Break the circle, or put a limit or a wait for the reply into it.',
  ),
  'answers-twice': warning(
    'Одно сообщение получает два ответа: от шага {other} и от этого. Пример: {witness}',
    'One message gets two answers: from the step {other} and from this one. For example: {witness}',
    'Разведите ветки условием или оставьте один ответ.',
    'Part the branches by a condition, or keep one of the answers.',
  ),
  'stage-set-twice': warning(
    'Одно сообщение ставит два разных этапа: «{first}» (шаг {other}), затем «{second}» (этот шаг). Пример: {witness}',
    'One message sets two different stages: “{first}” (step {other}), then “{second}” (this step). For example: {witness}',
    'Оставьте один этап или разведите ветки условием.',
    'Keep one of the stages, or part the branches by a condition.',
  ),
  'responsible-set-twice': warning(
    'Одно сообщение назначает двух ответственных: {first} (шаг {other}), затем {second} (этот шаг). Пример: {witness}',
    'One message assigns two users: {first} (step {other}), then {second} (this step). For example: {witness}',
    'Оставьте одно назначение или разведите ветки условием.',
    'Keep one of the two, or part the branches by a condition.',
  ),
  'tag-added-and-removed': warning(
    'Одно сообщение и добавляет, и снимает тег «{first}»: шаг {other} и этот. Пример: {witness}',
    'One message both adds and removes the tag “{first}”: the step {other} and this one. For example: {witness}',
    'Оставьте один из двух шагов.',
    'Keep one of the two nodes.',
  ),
  'calls-itself': error(
    'Набор правил вызывает сам себя: {names}.',
    'The rule set calls itself: {names}.',
    'Уберите вызов, который замыкает круг.',
    'Remove the call that closes the circle.',
  ),
  'called-waits': error(
    'Вызываемый набор «{name}» ждёт (шаг {there}), а вызванный набор ждать не может.',
    'The called rule set “{name}” waits (step {there}), and a called one cannot wait.',
    'Уберите ожидание из вызываемого набора или не вызывайте его.',
    'Remove the wait from the called rule set, or do not call it.',
  ),
  'unknown-rule-set': warning(
    'Набора правил «{name}» нет среди известных: вызов закончится ошибкой.',
    'There is no rule set “{name}” among the known ones: the call will fail.',
    'Исправьте название или добавьте этот набор.',
    'Correct the name, or add that rule set.',
  ),
  'twin-node': warning(
    'Шаг повторяет соседний {other}: то же действие с теми же настройками после того же выхода.',
    'The node repeats {other} beside it: the same action with the same settings behind the same port.',
    'Удалите один из двух шагов.',
    'Remove one of the two.',
  ),
  'answers-itself': warning(
    'Ответ может ответить на самого себя: правила запускает {trigger}, а он принимает и сообщения самих правил.',
    'The answer can answer itself: {trigger} starts the rules, and it accepts what the rules themselves sent.',
    'В запуске оставьте только полученные сообщения или перечислите отправителей без «правил».',
    'Let the trigger accept received messages only, or list origins without `rules`.',
  ),
  // What several rule sets say together
  'duplicate-rule-set': error(
    'Набор правил с названием «{name}» уже есть.',
    'There is already a rule set named “{name}”.',
    'Дайте наборам разные названия.',
    'Give the rule sets different names.',
  ),
  'both-answer': warning(
    'На одно сообщение отвечают два набора правил: этот (шаг {here}) и «{other}» (шаг {there}). Пример: {witness}',
    'Two rule sets answer one message: this one (step {here}) and “{other}” (step {there}). For example: {witness}',
    'Разведите наборы по каналам, часам или словам либо объедините их.',
    'Set the rule sets apart by channel, hours or words, or merge them.',
  ),
  'both-set-stage': warning(
    'Одно сообщение получает разные этапы от двух наборов: «{first}» от «{other}» (шаг {there}), затем «{second}» (шаг {here}). Пример: {witness}',
    'Two rule sets set different stages for one message: “{first}” by “{other}” (step {there}), then “{second}” (step {here}). For example: {witness}',
    'Оставьте этап одному из наборов либо разведите их по каналам или словам.',
    'Leave the stage to one of them, or set them apart by channel or words.',
  ),
  'both-assign': warning(
    'Одно сообщение получает разных ответственных от двух наборов: {first} от «{other}» (шаг {there}), затем {second} (шаг {here}). Пример: {witness}',
    'Two rule sets assign different users for one message: {first} by “{other}” (step {there}), then {second} (step {here}). For example: {witness}',
    'Оставьте назначение одному из наборов либо разведите их по каналам или словам.',
    'Leave the assignment to one of them, or set them apart by channel or words.',
  ),
  'never-runs': warning(
    'До этого набора не доходит ни одно сообщение: всё, что он принимает, отбрасывает набор «{other}». Пример: {witness}',
    'No message gets to this rule set: “{other}” drops all that it accepts. For example: {witness}',
    'Поставьте набор выше или сузьте то, что отбрасывает «{other}».',
    'Give it a higher place, or narrow what “{other}” drops.',
  ),
} satisfies Record<string, Code>;

export type CodeName = keyof typeof codes;

/** A finding of this code; `values` fill the places of its texts, each in its language. */
export function finding(
  code: CodeName,
  place: { node?: string; path?: string },
  values: Record<string, string | number | Bilingual> = {},
): Finding {
  const { severity, text, mend } = codes[code];
  const fillIn = ({ ru, en }: Bilingual) => ({ ru: fill(ru, inOne(values, 'ru')), en: fill(en, inOne(values, 'en')) });
  return { code, severity, ...place, text: fillIn(text), mend };
}

function inOne(values: Record<string, string | number | Bilingual>, language: Language): Record<string, string | number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? value[language] : value]));
}

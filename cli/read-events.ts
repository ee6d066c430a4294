import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { readEvent, type RuleEvent } from '../rules/index.js';
import { CommandError } from './command-error.js';
import { unreadable } from './read-json-file.js';

/**
 * Reads events, one JSON a line, as they come: a file of any size is never held whole. Empty lines are skipped.
 * @param file a path, or `-` for standard input
 * @throws CommandError naming file and line: an unreadable file, bad JSON, a field that is wrong
 */
export async function* readEvents(file: string): AsyncGenerator<RuleEvent> {
  let lineNumber = 0;
  let position = 0;
  let previousAt: string | undefined;
  for await (const line of readLines(file)) {
    lineNumber += 1;
    const text = lineNumber === 1 && line.startsWith('\uFEFF') ? line.slice(1) : line;
    if (text.trim() === '') continue;
    position += 1;
    const event = parseLine(text, { file, lineNumber, position, previousAt });
    previousAt = event.at;
    yield event;
  }
}

async function* readLines(file: string): AsyncGenerator<string> {
  try {
    const input = file === '-' ? process.stdin : (await open(file)).createReadStream();
    yield* createInterface({ input, crlfDelay: Infinity });
  } catch (error) {
    throw unreadable(file, error);
  }
}

interface Place {
  file: string;
  lineNumber: number;
  position: number;
  previousAt: string | undefined;
}

function parseLine(text: string, { file, lineNumber, position, previousAt }: Place): RuleEvent {
  const read = readEvent(parseJson(text, file, lineNumber), { position, previousAt });
  if (read.ok) return read.event;
  const { path, problem } = read;
  const field = { ru: path === '' ? '' : `поле ${path}: `, en: path === '' ? '' : `field ${path}: ` };
  throw new CommandError({
    ru: `${file}:${lineNumber}: событие записано неверно: ${field.ru}${problem.ru}`,
    en: `${file}:${lineNumber}: the event is not right: ${field.en}${problem.en}`,
  });
}

function parseJson(text: string, file: string, lineNumber: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new CommandError({ ru: `${file}:${lineNumber}: неверный JSON: ${detail}`, en: `${file}:${lineNumber}: bad JSON: ${detail}` });
  }
}

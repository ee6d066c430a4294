import { readFile } from 'node:fs/promises';
import { CommandError } from './command-error.js';

/**
 * Reads a file of JSON; a byte order mark is tolerated.
 * @throws CommandError naming the file, and the line of a mistake in the JSON
 */
export async function readJsonFile(file: string): Promise<unknown> {
  const text = await readText(file);
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return JSON.parse(json);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const line = await lineOfMistake(json);
    throw new CommandError({ ru: `${file}:${line}: неверный JSON: ${detail}`, en: `${file}:${line}: bad JSON: ${detail}` });
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** What to say of a file that cannot be opened or read. */
export function unreadable(file: string, error: unknown): CommandError {
  const detail = error instanceof Error ? error.message : String(error);
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return new CommandError({ ru: `${file}: файл не читается: ${detail}`, en: `${file}: cannot read the file: ${detail}` }, isMissing);
}

/** What to say of a file that cannot be written. */
export function unwritable(file: string, error: unknown): CommandError {
  const detail = error instanceof Error ? error.message : String(error);
  return new CommandError({ ru: `${file}: файл не записывается: ${detail}`, en: `${file}: cannot write the file: ${detail}` });
}

/** The line of the first mistake, from 1. The platform's parser does not always tell where it stopped; this one does. */
async function lineOfMistake(json: string): Promise<number> {
  const { parse } = await import('lossless-json');
  try {
    parse(json);
    return 1;
  } catch (error) {
    const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    return json.slice(0, Number(position ?? 0)).split('\n').length;
  }
}

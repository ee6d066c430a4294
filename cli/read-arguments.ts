import { parseArgs, type ParseArgsConfig } from 'node:util';
import { CommandError } from './command-error.js';

type Options = NonNullable<ParseArgsConfig['options']>;

interface Read<T extends Options> {
  values: ReturnType<typeof parseArgs<{ options: T }>>['values'];
  positionals: string[];
}

/**
 * Splits a command's arguments into options and files.
 * @param files how many files the command takes
 * @throws CommandError naming an option that it does not have, or the number of files that it wants
 */
export function readArguments<T extends Options>(args: string[], options: T, files: { atLeast: number; atMost?: number }): Read<T> {
  const read = parse(args, options);
  const { atLeast, atMost = Infinity } = files;
  if (read.positionals.length < atLeast || read.positionals.length > atMost) {
    const wanted = atMost === atLeast ? String(atLeast) : `${atLeast}+`;
    throw new CommandError({
      ru: `Ожидается файлов графов: ${wanted}, указано: ${read.positionals.length}. Подробнее: npx razvilka help`,
      en: `Graph files expected: ${wanted}, given: ${read.positionals.length}. More: npx razvilka help`,
    });
  }
  return read;
}

function parse<T extends Options>(args: string[], options: T): Read<T> {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new CommandError({ ru: `Неверные параметры: ${detail}`, en: `Wrong arguments: ${detail}` });
  }
}

import { parseInstant } from '../rules/index.js';
import { CommandError } from './command-error.js';

/** The file of `--events`. @throws CommandError when it was not given */
export function eventsFile(given: string | undefined): string {
  if (given !== undefined) return given;
  throw new CommandError({ ru: 'Укажите события: --events FILE (или -)', en: 'Name the events: --events FILE (or -)' });
}

/** The instant (ms since 1970) of `--until`; undefined when it was not given. @throws CommandError when it is none */
export function untilInstant(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const until = parseInstant(given);
  if (until !== undefined) return until;
  throw new CommandError({ ru: `--until ${given}: это не момент времени`, en: `--until ${given}: not an instant` });
}

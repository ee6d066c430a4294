import { CommandError } from './command-error.js';
import { languageOf, type Say } from './say.js';

/** What a command gets: its arguments without its own name, and the language of the messages for people. */
export interface Call {
  args: string[];
  say: Say;
}

/** Runs one command. @returns the exit code: 0 fine, 1 the answer is no, 2 the input could not be used */
export type Command = (call: Call) => Promise<number>;

/** Loaded when called: a start that needs no schema should not wait for one. */
const commands = new Map<string, () => Promise<{ command: Command }>>([
  ['run', () => import('./commands/run.js')],
  ['check', () => import('./commands/check.js')],
  ['test', () => import('./commands/test.js')],
  ['cover', () => import('./commands/cover.js')],
  ['diff', () => import('./commands/diff.js')],
  ['backtest', () => import('./commands/backtest.js')],
  ['bench', () => import('./commands/bench.js')],
  ['explain', () => import('./commands/explain.js')],
  ['push', () => import('./commands/push.js')],
  ['pull', () => import('./commands/pull.js')],
  ['help', () => import('./commands/help.js')],
]);

/** Loads every command, as the build does to have them compiled. */
export async function loadCommands(): Promise<void> {
  for (const load of commands.values()) await load();
}

/** Runs the command that the arguments name. @returns the exit code, as a command's */
export async function start([name = 'help', ...args]: string[]): Promise<number> {
  // The reader of our output may leave early (`| head`): that is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const language = languageOf(process.env);
  const say: Say = (text) => text[language];
  try {
    const load = commands.get(name === '--help' || name === '-h' ? 'help' : name);
    if (!load) {
      throw new CommandError({
        ru: `Нет команды «${name}». Список: npx razvilka help`,
        en: `No command “${name}”. The list: npx razvilka help`,
      });
    }
    const { command } = await load();
    return await command({ args, say });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    process.stderr.write(`${say(error.text)}\n`);
    return 2;
  }
}

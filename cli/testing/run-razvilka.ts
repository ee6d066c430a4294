import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the real command line in a process of its own, in English, and gives what it printed. */
export async function runRazvilka(
  args: readonly string[],
  options: { input?: string; locale?: string; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [join(process.cwd(), 'bin/razvilka.mjs'), ...args], {
    env: { ...process.env, LC_ALL: options.locale ?? 'C', NODE_OPTIONS: '', ...options.env },
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  });
  const ended = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (ended.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (ended.stderr += text));
  // A command that refuses its arguments ends before it reads.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...ended })));
}

/** Writes files into a new folder and gives their paths by name. Values that are no text are written as JSON. */
export async function writeFiles<Name extends string>(files: Record<Name, unknown>): Promise<Record<Name, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'razvilka-'));
  const paths = {} as Record<Name, string>;
  for (const name of Object.keys(files) as Name[]) {
    const content = files[name];
    const path = join(folder, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    paths[name] = path;
  }
  return paths;
}

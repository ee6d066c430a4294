import { z } from 'zod';
import type { AccountDirectory } from '../rules/index.js';
import { CommandError } from './command-error.js';
import { readJsonFile } from './read-json-file.js';

const accountSchema = z.looseObject({
  channels: z.array(z.looseObject({ id: z.string(), name: z.string(), kind: z.string() })).optional(),
  pipelines: z
    .array(z.looseObject({ name: z.string(), stages: z.array(z.looseObject({ name: z.string(), open: z.boolean().default(true) })) }))
    .optional(),
  users: z.array(z.looseObject({ id: z.string(), name: z.string() })).optional(),
  ruleSets: z.array(z.looseObject({ name: z.string() })).optional(),
  crmConnections: z.array(z.looseObject({ id: z.string(), name: z.string() })).optional(),
});

/** Reads the file of `check --account`: names of channels, pipelines with stages, and users. @throws CommandError naming file and field */
export async function readAccount(file: string): Promise<AccountDirectory> {
  const parsed = accountSchema.safeParse(await readJsonFile(file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = `${file}: ${issue?.path.join('.') ?? ''}`;
  throw new CommandError({ ru: `${where}: неверное описание аккаунта`, en: `${where}: ${issue?.message ?? 'no account directory'}` });
}

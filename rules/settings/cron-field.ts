import { z } from 'zod';
import { parseCron } from '../time/cron.js';
import { refuse } from './refuse.js';

/** A cron line of 5 or 6 fields. */
export const cronField = z
  .string()
  .max(1000)
  .superRefine((source, context) => {
    const parsed = parseCron(source);
    if ('problem' in parsed) refuse(context, parsed.problem);
  });

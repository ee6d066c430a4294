import { z } from 'zod';
import { inBoth } from './refuse.js';

/** Names that a path never reaches, so that a variable's name stays plain data. */
const reserved = new Set(['__proto__', 'constructor', 'prototype']);

/** The name of a variable of a run: what follows `vars.` in conditions and expressions. */
export const variableField = z
  .string()
  .max(64)
  .refine(
    (text) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text) && !reserved.has(text),
    inBoth({
      ru: 'Имя переменной — буквы, цифры и _, начинается не с цифры',
      en: 'A variable’s name is letters, digits and _, and does not begin with a digit',
    }),
  );

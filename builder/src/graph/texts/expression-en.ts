import type { TextTree } from '../../i18n.js';

/** The input of an expression. */
export const expressionEn: TextTree = {
  expression: {
    place: 'Character {{position}}, “{{part}}”: {{text}}',
  },
};

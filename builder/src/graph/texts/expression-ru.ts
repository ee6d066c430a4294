import type { TextTree } from '../../i18n.js';

/** The input of an expression. */
export const expressionRu: TextTree = {
  expression: {
    place: 'Знак {{position}}, «{{part}}»: {{text}}',
  },
};

import type { Texts } from '../i18n.js';
import { backtestEn } from './texts/backtest-en.js';
import { backtestRu } from './texts/backtest-ru.js';
import { expressionEn } from './texts/expression-en.js';
import { expressionRu } from './texts/expression-ru.js';
import { drawingEn } from './texts/drawing-en.js';
import { drawingRu } from './texts/drawing-ru.js';
import { formEn } from './texts/form-en.js';
import { formRu } from './texts/form-ru.js';
import { listEn } from './texts/list-en.js';
import { listRu } from './texts/list-ru.js';
import { pagesEn } from './texts/pages-en.js';
import { pagesRu } from './texts/pages-ru.js';
import { provingEn } from './texts/proving-en.js';
import { provingRu } from './texts/proving-ru.js';
import { recipesEn } from './texts/recipes-en.js';
import { recipesRu } from './texts/recipes-ru.js';
import { seeingEn } from './texts/seeing-en.js';
import { seeingRu } from './texts/seeing-ru.js';
import { trialEn } from './texts/trial-en.js';
import { trialRu } from './texts/trial-ru.js';
import { versionsEn } from './texts/versions-en.js';
import { versionsRu } from './texts/versions-ru.js';

/** The words of all pages of rules. */
export const graphTexts: Texts = {
  ru: {
    ...listRu,
    ...pagesRu,
    ...formRu,
    ...drawingRu,
    ...versionsRu,
    ...provingRu,
    ...expressionRu,
    ...backtestRu,
    ...recipesRu,
    ...seeingRu,
    ...trialRu,
  },
  en: {
    ...listEn,
    ...pagesEn,
    ...formEn,
    ...drawingEn,
    ...versionsEn,
    ...provingEn,
    ...expressionEn,
    ...backtestEn,
    ...recipesEn,
    ...seeingEn,
    ...trialEn,
  },
};

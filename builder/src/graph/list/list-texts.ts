import type { Texts } from '../../i18n.js';
import { listEn } from '../texts/list-en.js';
import { listRu } from '../texts/list-ru.js';
import { seeingEn } from '../texts/seeing-en.js';
import { seeingRu } from '../texts/seeing-ru.js';

/** The part of `graphTexts` that the list of rules needs: the rest comes with the canvas. */
export const graphListTexts: Texts = { ru: { ...listRu, ...seeingRu }, en: { ...listEn, ...seeingEn } };

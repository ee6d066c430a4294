import type { Texts } from '../i18n.js';
import { accessEn } from './texts/access-en.js';
import { accessRu } from './texts/access-ru.js';
import { auditDetailsEn } from './texts/audit-details-en.js';
import { auditDetailsRu } from './texts/audit-details-ru.js';
import { auditEn } from './texts/audit-en.js';
import { auditRu } from './texts/audit-ru.js';
import { companyEn } from './texts/company-en.js';
import { companyRu } from './texts/company-ru.js';
import { peopleEn } from './texts/people-en.js';
import { peopleRu } from './texts/people-ru.js';

/** Texts of the settings. */
export const settingsTexts: Texts = {
  ru: { ...companyRu, ...peopleRu, ...accessRu, ...auditRu, ...auditDetailsRu },
  en: { ...companyEn, ...peopleEn, ...accessEn, ...auditEn, ...auditDetailsEn },
};

import type { Bilingual } from '../bilingual.js';

/**
 * Reads an ISO 8601 duration without years and months (`PT5M`, `P1D` = 24 h, `P2W`) as milliseconds; undefined for anything else.
 * The last part may have a fraction.
 */
export function parseDuration(text: string): number | undefined {
  const found = pattern.exec(text);
  if (!found || text === 'P' || text.endsWith('T')) return undefined;
  const parts = found.slice(1).filter((part) => part !== undefined);
  if (parts.slice(0, -1).some((part) => /[.,]/.test(part))) return undefined;
  let sum = 0;
  for (const [place, unit] of units.entries()) sum += Number((found[place + 1] ?? '0').replace(',', '.')) * unit.ms;
  return Number.isFinite(sum) ? Math.round(sum) : undefined;
}

/** A duration in ms in a few words: «1 ч 30 мин». */
export function describeDuration(ms: number): Bilingual {
  let rest = ms;
  const ru: string[] = [];
  const en: string[] = [];
  for (const unit of units.slice(1)) {
    const count = unit.ms === 1000 ? rest / 1000 : Math.floor(rest / unit.ms);
    if (count === 0) continue;
    ru.push(`${count} ${unit.ru}`);
    en.push(`${count} ${unit.en}`);
    rest -= count * unit.ms;
  }
  return { ru: ru.join(' ') || '0 с', en: en.join(' ') || '0 s' };
}

const units = [
  { ms: 604_800_000, ru: 'нед', en: 'wk' },
  { ms: 86_400_000, ru: 'дн', en: 'd' },
  { ms: 3_600_000, ru: 'ч', en: 'h' },
  { ms: 60_000, ru: 'мин', en: 'min' },
  { ms: 1000, ru: 'с', en: 's' },
];

const number = '(\\d+(?:[.,]\\d+)?)';
const pattern = new RegExp(`^P(?:${number}W)?(?:${number}D)?(?:T(?:${number}H)?(?:${number}M)?(?:${number}S)?)?$`);

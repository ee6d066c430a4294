import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TestResult } from '../../../../rules/index.js';
import { recordOf } from '../form/read-value.js';
import classes from './proving.module.css';

/** Where a line is not as a test expects: the place in words, what was expected, what came. */
export function DifferenceText({ difference }: { difference: TestResult['differences'][number] }) {
  const { t } = useTranslation('graph');
  const { line, path, expected, actual } = difference;
  return (
    <Text size="xs" component="div" style={{ overflowWrap: 'anywhere' }}>
      {t('tests.where', { line, path: placeOf(path, t) })}
      <div>
        <span className={classes.dimmed}>{t('tests.wanted')}</span> {spell(expected, t)}
      </div>
      <div>
        <span className={classes.dimmed}>{t('tests.came')}</span> {spell(actual, t)}
      </div>
    </Text>
  );
}

/** `effects[0].text` as people say it; what has no words stays as it is. */
function placeOf(path: string, t: (key: string, values?: Record<string, unknown>) => string): string {
  const effect = /^effects\[(\d+)\](?:\.(\w+))?$/.exec(path);
  if (effect) {
    const field = effect[2];
    const name = t('tests.effectPlace', { number: Number(effect[1]) + 1 });
    return field === undefined ? name : `${name}, ${t(`tests.field.${field}`, { defaultValue: field })}`;
  }
  return path === '' ? t('tests.wholeLine') : t(`tests.place.${path.replaceAll('.', '-')}`, { defaultValue: path });
}

/** Lists of effects by what they do: JSON is the last resort. */
function spell(value: unknown, t: (key: string, values?: Record<string, unknown>) => string): string {
  if (value === undefined) return t('tests.nothing');
  if (typeof value === 'string') return `«${value}»`;
  if (Array.isArray(value)) return value.length === 0 ? t('tests.nothing') : value.map((one) => spellEffect(one)).join('; ');
  return JSON.stringify(value);
}

function spellEffect(value: unknown): string {
  const { type, node: _, ...rest } = recordOf(value);
  if (typeof type !== 'string') return JSON.stringify(value);
  return [type, ...Object.values(rest).map((one) => (typeof one === 'string' ? `«${one}»` : JSON.stringify(one)))].join(' ');
}

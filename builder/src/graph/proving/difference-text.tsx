import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TestResult } from '../../../../rules/index.js';
import { describeEffect } from '../effect-words.js';
import { emptyDirectory } from '../form/widget.js';
import { recordOf, textOf } from '../form/read-value.js';
import { useLayers } from '../layers.js';
import { nameIds } from '../name-ids.js';
import classes from './proving.module.css';

type Translate = (key: string, values?: Record<string, unknown>) => string;

/** Where a line is not as a test expects: the place in words, what was expected, what came. */
export function DifferenceText({ difference }: { difference: TestResult['differences'][number] }) {
  const { t } = useTranslation('graph');
  const names = useLayers((layers) => layers.names);
  const { line, path, expected, actual } = difference;
  return (
    <Text size="xs" component="div" style={{ overflowWrap: 'anywhere' }}>
      {t('tests.where', { line, path: placeOf(path, t) })}
      <div>
        <span className={classes.dimmed}>{t('tests.wanted')}</span> {nameIds(spell(expected, path, t), names)}
      </div>
      <div>
        <span className={classes.dimmed}>{t('tests.came')}</span> {nameIds(spell(actual, path, t), names)}
      </div>
    </Text>
  );
}

/** `effects[0].text` as people say it; what has no words stays as it is. */
function placeOf(path: string, t: Translate): string {
  const effect = /^effects\[(\d+)\](?:\.(\w+))?$/.exec(path);
  if (effect) {
    const field = effect[2];
    const name = t('tests.effectPlace', { number: Number(effect[1]) + 1 });
    return field === undefined ? name : `${name}, ${t(`tests.field.${field}`, { defaultValue: field })}`;
  }
  return path === '' ? t('tests.wholeLine') : t(`tests.place.${path.replaceAll('.', '-')}`, { defaultValue: path });
}

/** A value as people read it: JSON is the last resort. */
function spell(value: unknown, path: string, t: Translate): string {
  if (value === undefined) return t('tests.nothing');
  if (path === 'status') return t(`run.status.${textOf(value)}`, { defaultValue: textOf(value) });
  if (path.endsWith('.type')) return describeEffect({ type: value }, emptyDirectory, t);
  if (typeof value === 'string') return `«${value}»`;
  if (Array.isArray(value)) return value.length === 0 ? t('tests.nothing') : value.map((one) => spellEffect(one, t)).join('; ');
  return JSON.stringify(value);
}

function spellEffect(value: unknown, t: Translate): string {
  const effect = recordOf(value);
  return typeof effect['type'] === 'string' ? describeEffect(effect, emptyDirectory, t) : JSON.stringify(value);
}

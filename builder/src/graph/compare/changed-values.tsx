import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChangedValue } from './changed-settings.js';
import classes from './compare.module.css';

/** Settings old and new, one under the other: what went is struck through and read out as such. */
export function ChangedValues({ values }: { values: readonly ChangedValue[] }) {
  const { t } = useTranslation('graph');
  return values.map(({ what, old, new: now }) => (
    <span key={what} className={classes.value} style={{ display: 'block' }}>
      <span className={classes.what}>{what}</span>
      {old.map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <span key={`old ${index}`} className={`${classes.side} ${classes.old}`}>
          <VisuallyHidden>{t('compare.was')} </VisuallyHidden>
          {line}
        </span>
      ))}
      {now.map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <span key={`new ${index}`} className={`${classes.side} ${classes.new}`}>
          <VisuallyHidden>{t('compare.is')} </VisuallyHidden>
          {line}
        </span>
      ))}
    </span>
  ));
}

import { Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PassedRun } from '../../../../api/steps.js';
import { withQuery } from '../../api-client.js';
import { When } from '../../ui/when.js';
import lists from '../lists.module.css';

/** Messages that went through the rules; each leads to its way on the canvas. */
export function PassedList({ items, label, node }: { items: readonly PassedRun[]; label: string; node?: string }) {
  const { t } = useTranslation('graph');
  return (
    <ul className={lists.list} style={{ padding: 0 }} aria-label={label}>
      {items.map((item) => (
        <li key={item.run}>
          <UnstyledButton
            component={Link}
            to={runLink(item, node)}
            className={`${lists.line} ${lists.press}`}
            style={{ padding: '5px 8px' }}
          >
            <span className={lists.text}>
              <Text span size="sm" lineClamp={2} className="client-text">
                {item.text || t(`try.happened.${item.eventType}`, { status: '', defaultValue: t('passed.noText') })}
              </Text>
              <span className={lists.dimmed}>
                <bdi>{item.contact ?? t('passed.nameless')}</bdi> · <When at={item.at} />
              </span>
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

/** The address of a run on the canvas of its version, with a step in sight: the one that decided unless another is named. */
export function runLink(
  { ruleSet, version, run, message }: Pick<PassedRun, 'ruleSet' | 'version' | 'run' | 'message'>,
  node?: string,
): string {
  return withQuery(`/rules/${ruleSet}`, { version, run, message, at: node });
}

import { useState } from 'react';
import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Directory } from '../../../../api/rule-sets.js';
import type { StepContext } from './step-context.js';
import classes from './proving.module.css';

/** What a step could look at: variables, the client, the deal and its tags, the conversation. Folded it is one line. */
export function StepContextView({ context, directory }: { context: StepContext; directory: Directory }) {
  const { t } = useTranslation('graph');
  const [isOpen, setOpen] = useState(false);
  const { event, variables } = context;
  const groups = [
    { title: t('context.variables'), values: variables },
    { title: t('context.contact'), values: event.contact ?? {} },
    { title: t('context.deal'), values: named(event.deal ?? {}, directory) },
    { title: t('context.conversation'), values: event.conversation ?? {} },
    { title: t('context.channel'), values: event.channel ?? {} },
  ];
  return (
    <div className={classes.context}>
      <UnstyledButton className={classes.fold} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? <IconChevronDown size={12} aria-hidden /> : <IconChevronRight size={12} aria-hidden />}
        {t('context.title')}
      </UnstyledButton>
      {isOpen && (
        <dl className={classes.values}>
          {groups.map(({ title, values }) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>
                {Object.entries(values).length === 0 ? (
                  <span className={classes.dimmed}>{t('context.nothing')}</span>
                ) : (
                  Object.entries(values).map(([name, value]) => (
                    <div key={name}>
                      <span className={classes.dimmed}>{name}</span> {spell(value)}
                    </div>
                  ))
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** A responsible is named, not only numbered. */
function named(deal: Record<string, unknown>, directory: Directory): Record<string, unknown> {
  const user = directory.users.find(({ id }) => id === deal['responsible']);
  return user ? { ...deal, responsible: user.name } : deal;
}

function spell(value: unknown): string {
  const text =
    typeof value === 'string'
      ? value
      : Array.isArray(value) && value.every((one) => typeof one === 'string')
        ? value.join(', ')
        : JSON.stringify(value);
  return text === undefined || text === '' ? '—' : text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

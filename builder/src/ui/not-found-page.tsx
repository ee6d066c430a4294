import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from './empty-state.js';
import { usePageTitle } from './page.js';

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation('ui');
  usePageTitle(t('notFound.title'));
  return (
    <EmptyState icon={IconMapQuestion} title={t('notFound.title')} text={t('notFound.text')}>
      <Button component={Link} to="/messages" variant="default">
        {t('notFound.open')}
      </Button>
    </EmptyState>
  );
}

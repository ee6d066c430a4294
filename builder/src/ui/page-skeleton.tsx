import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Keeps a page's place while it loads. */
export function PageSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <Stack p={{ base: 'md', sm: 'xl' }} gap="lg">
      <Skeleton h={28} w={180} />
      <RowsSkeleton rows={rows} />
    </Stack>
  );
}

/** Keeps the place of a list while it loads. */
export function RowsSkeleton({ rows = 8 }: { rows?: number }) {
  const { t } = useTranslation('ui');
  return (
    <Stack gap="sm" aria-busy>
      <VisuallyHidden role="status">{t('loading')}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} h={36} />
      ))}
    </Stack>
  );
}

import { Box, Group, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Names the browser's tab: «Каналы · Развилка». */
export function usePageTitle(title: string): void {
  const { t } = useTranslation('ui');
  const product = t('product');
  useEffect(() => {
    document.title = title ? `${title} · ${product}` : product;
  }, [title, product]);
}

/** A page: its name as the heading and in the tab, what can be done beside it, the rest below. `width` limits pages of one column. */
export function Page({ title, actions, width, children }: { title: string; actions?: ReactNode; width?: number; children: ReactNode }) {
  usePageTitle(title);
  return (
    <Box p={{ base: 'md', sm: 'xl' }} maw={width} mx={width ? 'auto' : undefined}>
      <Group justify="space-between" mb="lg" gap="md">
        <Title order={1}>{title}</Title>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Box>
  );
}

import { Button, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { setLanguage, useLanguage } from '../i18n.js';
import { usePageTitle } from '../ui/page.js';

/** What stands around the pages before the sign-in: the product's name, one card, the choice of language. */
export function Outside({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation('ui');
  const language = useLanguage();
  usePageTitle(title);
  return (
    <Center mih="100dvh" p="lg" bg="var(--page-ground)" component="main">
      <Stack w="100%" maw={400} gap="lg">
        <Group gap="sm" justify="center">
          <img src="/icon.svg" alt="" width={34} height={34} />
          <Text fz={20} fw={650}>
            {t('product')}
          </Text>
        </Group>
        <Paper withBorder p="xl">
          <Title order={1} mb="lg">
            {title}
          </Title>
          {children}
        </Paper>
        <Center>
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            leftSection={<IconLanguage size={16} aria-hidden />}
            lang={language === 'ru' ? 'en' : 'ru'}
            onClick={() => setLanguage(language === 'ru' ? 'en' : 'ru')}
          >
            {language === 'ru' ? 'In English' : 'По-русски'}
          </Button>
        </Center>
      </Stack>
    </Center>
  );
}

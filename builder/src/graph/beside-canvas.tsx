import type { ReactNode } from 'react';
import { ActionIcon, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './beside-canvas.module.css';

interface BesideCanvasProps {
  ruleSetId: string;
  title: string;
  /** What the page is for, in a sentence or two. */
  about: string;
  children: ReactNode;
}

/** The frame of a page that belongs to a rule set and is not its canvas: the way back, a heading, what it is for. */
export function BesideCanvas({ ruleSetId, title, about, children }: BesideCanvasProps) {
  const { t } = useTranslation('graph');
  return (
    <div className={classes.page}>
      <Group gap="xs" mb={4} wrap="nowrap">
        <ActionIcon component={Link} to={`/rules/${ruleSetId}`} variant="subtle" color="gray" aria-label={t('backtest.back')}>
          <IconArrowLeft size={18} />
        </ActionIcon>
        <Title order={1} size="h2">
          {title}
        </Title>
      </Group>
      <Text c="dimmed" mb="lg" maw={760}>
        {about}
      </Text>
      <Stack gap="lg">{children}</Stack>
    </div>
  );
}

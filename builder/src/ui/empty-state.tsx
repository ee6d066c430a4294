import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Says what will be here and how to get it; `children` is the one thing to do. */
export function EmptyState({ icon: Sign, title, text, children }: { icon: Icon; title: string; text?: string; children?: ReactNode }) {
  return (
    <Stack align="center" gap="sm" py={48} px="lg" ta="center">
      <ThemeIcon size={48} radius="xl" variant="light" aria-hidden>
        <Sign size={26} stroke={1.6} />
      </ThemeIcon>
      <Title order={2}>{title}</Title>
      {text && (
        <Text c="dimmed" maw={460}>
          {text}
        </Text>
      )}
      {children}
    </Stack>
  );
}

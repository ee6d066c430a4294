import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

/** A part of a page in a frame, with its heading, a grey line below it and what can be done beside it. */
export function Section({ title, text, actions, children }: { title: string; text?: string; actions?: ReactNode; children?: ReactNode }) {
  const id = useId();
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-labelledby={id}>
      <Stack gap="md">
        <Group justify="space-between" gap="sm">
          <div>
            <Title order={2} id={id}>
              {title}
            </Title>
            {text && (
              <Text c="dimmed" maw={640}>
                {text}
              </Text>
            )}
          </div>
          {actions}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}

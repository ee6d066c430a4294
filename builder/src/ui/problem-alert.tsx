import { Alert, Button, List, Stack, Text, type AlertProps } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n.js';
import { toFieldErrors, toProblemText } from './problem-text.js';

interface Shown {
  /** Whatever was thrown; nothing is drawn while there is nothing. */
  problem: unknown;
  onRetry?: () => void;
  /** Fields that show their errors themselves; those of other places are listed here. */
  fields?: readonly string[];
}

/** Says what went wrong and what to do; comes into sight, since the form above it may be longer than the screen. */
export function ProblemAlert({ problem, onRetry, fields = [], ...rest }: Shown & AlertProps) {
  const { t } = useTranslation('ui');
  const language = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) box.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  if (!problem) return null;
  const elsewhere = Object.entries(toFieldErrors(problem, language)).filter(([path]) => !fields.includes(path));
  return (
    <Alert ref={box} color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={t('problem.title')} role="alert" {...rest}>
      <Stack gap="sm" align="flex-start">
        <Text>{toProblemText(problem, t)}</Text>
        {elsewhere.length > 0 && (
          <List size="sm">
            {elsewhere.map(([path, text]) => (
              <List.Item key={path}>{path ? `${path}: ${text}` : text}</List.Item>
            ))}
          </List>
        )}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('problem.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

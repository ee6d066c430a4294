import { Alert, Code, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TestResult } from '../../../rules/index.js';

/** Tests of the graph that do not give what they expect, each with where it differs. */
export function FailedTests({ failed }: { failed: readonly TestResult[] }) {
  const { t } = useTranslation('graph');
  if (failed.length === 0) return null;
  return (
    <Alert color="red" title={t('publish.tests', { count: failed.length })}>
      <Stack gap={8}>
        {failed.map(({ name, differences }) => (
          <div key={name}>
            <Text size="sm" fw={600}>
              {name}
            </Text>
            {differences.slice(0, 5).map((difference, index) => (
              // oxlint-disable-next-line react/no-array-index-key
              <Text key={index} size="xs" style={{ overflowWrap: 'anywhere' }}>
                {t('publish.difference', { line: difference.line, path: difference.path })}{' '}
                <Code>{JSON.stringify(difference.expected) ?? t('diff.nothing')}</Code> {t('publish.butGot')}{' '}
                <Code>{JSON.stringify(difference.actual) ?? t('diff.nothing')}</Code>
              </Text>
            ))}
          </div>
        ))}
      </Stack>
    </Alert>
  );
}

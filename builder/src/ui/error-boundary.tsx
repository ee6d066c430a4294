import { Alert, Button, Code, Container, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { isMissingCode } from './is-missing-code.js';
import { NotFoundPage } from './not-found-page.js';

/** Stands where a page broke while being drawn or its code did not arrive; the frame around it stays. */
export function ErrorBoundary() {
  const { t } = useTranslation('ui');
  const thrown = useRouteError();
  if (isRouteErrorResponse(thrown) && thrown.status === 404) return <NotFoundPage />;
  const hasNoCode = isMissingCode(thrown);
  return (
    <Container size="sm" py="xl">
      <Alert color="red" icon={<IconAlertTriangle />} title={t(hasNoCode ? 'problem.noCode' : 'problem.page')} role="alert">
        <Stack align="flex-start" gap="md">
          <Text>{t(hasNoCode ? 'problem.noCodeHelp' : 'problem.pageHelp')}</Text>
          {!hasNoCode && (
            <Code block w="100%">
              {thrown instanceof Error ? thrown.message : String(thrown)}
            </Code>
          )}
          <Button onClick={() => window.location.reload()}>{t('problem.reload')}</Button>
        </Stack>
      </Alert>
    </Container>
  );
}

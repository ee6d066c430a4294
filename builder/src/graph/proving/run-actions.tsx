import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { withQuery } from '../../api-client.js';
import { can, useMe } from '../../session.js';

/** What can be made of a stored run: a chat on the draft, or a test of it. */
export function RunActions({ ruleSetId, runId, messageId }: { ruleSetId: string; runId: string; messageId: string }) {
  const { t } = useTranslation('graph');
  const { role } = useMe();
  return (
    <>
      <Button component={Link} to={withQuery(`/rules/${ruleSetId}`, { try: runId, message: messageId })} size="xs" variant="default">
        {t('recorded.open')}
      </Button>
      {can(role, 'editRules') && (
        <Button component={Link} to={withQuery(`/rules/${ruleSetId}`, { test: runId, message: messageId })} size="xs" variant="default">
          {t('recorded.test')}
        </Button>
      )}
    </>
  );
}

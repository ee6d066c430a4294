import { Button, Group, Stack } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../api/channels.js';
import { CopyField } from '../ui/copy-field.js';
import { embedSnippet } from './embed-snippet.js';

/** What to take to the other side: the hook's address, or the web chat's page and its code for a site. */
export function Addresses({ channel: { hookUrl, pageUrl } }: { channel: Channel }) {
  const { t } = useTranslation('channels');
  if (!pageUrl) return <CopyField label={t('hookUrl')} help={t('hookHelp')} value={hookUrl} />;
  return (
    <Stack gap="md">
      <CopyField label={t('pageUrl')} value={pageUrl} />
      <Group>
        <Button
          component="a"
          href={pageUrl}
          target="_blank"
          rel="noopener"
          variant="light"
          size="xs"
          leftSection={<IconExternalLink size={16} aria-hidden />}
        >
          {t('openPage')}
        </Button>
      </Group>
      <CopyField label={t('snippet')} help={t('snippetHelp')} value={embedSnippet(pageUrl)} lines={3} />
    </Stack>
  );
}

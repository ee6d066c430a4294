import { useEffect, useState } from 'react';
import { Alert } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DraftSaving } from '../saving/use-draft.js';

/** How long the notice stays (ms): long enough to be read, and it is no question. */
const shownFor = 8000;

/** Says that somebody else's changes came into the draft, for a moment. */
export function JoinedNotice({ joined }: { joined: DraftSaving['joined'] }) {
  const { t } = useTranslation('graph');
  const [seen, setSeen] = useState(0);
  const times = joined?.times ?? 0;
  useEffect(() => {
    if (times === 0) return undefined;
    const timer = window.setTimeout(() => setSeen(times), shownFor);
    return () => window.clearTimeout(timer);
  }, [times]);
  if (!joined || seen === times) return null;
  return (
    <Alert
      color="teal"
      radius={0}
      p="xs"
      role="status"
      icon={<IconUsers size={16} aria-hidden />}
      withCloseButton
      closeButtonLabel={t('close')}
      onClose={() => setSeen(times)}
    >
      {joined.by ? t('merge.joined', { name: joined.by }) : t('merge.joinedByProgram')}
    </Alert>
  );
}

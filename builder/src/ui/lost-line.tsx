import { useEffect, useState } from 'react';
import { Alert } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useIsLineLost } from '../live.js';
import { sessionQuery } from '../session.js';

/** A cut that is mended sooner (ms) is nothing that people need to read of. */
const patienceMs = 4000;

/** Says that the server cannot be reached, so that nobody takes what stands on the page for what is. */
export function LostLine() {
  const { t } = useTranslation('ui');
  const client = useQueryClient();
  const isLost = useIsLineLost();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isLost) return undefined;
    const timer = window.setTimeout(() => {
      setLong(true);
      // The server may be there and only not know this session any more.
      void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    }, patienceMs);
    return () => {
      window.clearTimeout(timer);
      setLong(false);
    };
  }, [isLost, client]);
  if (!isLong) return null;
  return (
    <Alert color="yellow" icon={<IconPlugConnectedX aria-hidden />} m="md" role="status">
      {t('lostLine')}
    </Alert>
  );
}

import { Button, Center } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The button under a list that has more; nothing when it has not. Takes what `usePages` gives. */
export function ShowMore({ list }: { list: { hasMore: boolean; isLoadingMore: boolean; more: () => void } }) {
  const { t } = useTranslation('ui');
  if (!list.hasMore) return null;
  return (
    <Center>
      <Button variant="default" loading={list.isLoadingMore} onClick={list.more}>
        {t('more')}
      </Button>
    </Center>
  );
}

import { useEffect } from 'react';
import { Avatar, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { presence as presenceShape, type Presence as Present } from '../../../api/presence.js';
import { api, withQuery } from '../api-client.js';
import { useConnection, useLiveQuery } from '../live.js';
import { useMe } from '../session.js';

/** How often a page says that it still shows the rule set (ms): a server that died tells nobody that its pages are gone. */
const sayEvery = 20_000;
/** After what was not heard. */
const sayAgainIn = 2_000;
/** Faces that are drawn; the rest is a number. */
const mostFaces = 3;

/** Tells the server that this page shows a rule set, and shows who else does: faces with names, and a sentence for those who do not see them. */
export function Presence({ ruleSetId }: { ruleSetId: string }) {
  const { t } = useTranslation('graph');
  const me = useMe();
  const connection = useConnection();
  useEffect(() => {
    if (!connection) return undefined;
    let timer: number | undefined;
    let isHere = true;
    const stay = async () => {
      const wasHeard = await say(connection, ruleSetId);
      if (isHere) timer = window.setTimeout(() => void stay(), wasHeard ? sayEvery : sayAgainIn);
    };
    void stay();
    return () => {
      isHere = false;
      window.clearTimeout(timer);
      // The end of the connection says so too, but the page may go on and show something else.
      void say(connection, null);
    };
  }, [connection, ruleSetId]);
  const queryKey = ['rule-set', ruleSetId, 'presence'];
  useLiveQuery(['presence'], queryKey, 100);
  const { data } = useQuery({
    queryKey: [...queryKey, connection],
    queryFn: () => api.get(withQuery(`/api/rule-sets/${ruleSetId}/presence`, { connection }), presenceShape),
    refetchInterval: sayEvery,
    enabled: connection !== undefined,
  });
  const others = people(data?.items ?? [], me.id, t('presence.you'));
  if (others.length === 0) return null;
  const names = others.map(({ name }) => name).join(', ');
  return (
    <Tooltip label={t('presence.here', { names })} multiline maw={280}>
      <Avatar.Group role="status" aria-label={t('presence.here', { names })} tabIndex={0}>
        {others.slice(0, mostFaces).map(({ key, name }) => (
          <Avatar key={key} size={26} radius="xl" name={name} color="initials" aria-hidden />
        ))}
        {others.length > mostFaces && (
          <Avatar size={26} radius="xl" aria-hidden>
            +{others.length - mostFaces}
          </Avatar>
        )}
      </Avatar.Group>
    </Tooltip>
  );
}

/** One line a person, whatever number of pages he has open. Somebody's own other page counts too: two of them overtake each other as two people do. */
function people(items: Present['items'], me: string, you: string): { key: string; name: string }[] {
  const found = new Map(items.map(({ userId, name }) => [userId, { key: userId, name: userId === me ? you : name }]));
  return [...found.values()];
}

let lastSaid: Promise<unknown> = Promise.resolve();

/** Tells what the page shows, in the order in which it was said: coming and going must not overtake each other. Gives whether it was heard. */
async function say(connection: string, ruleSetId: string | null): Promise<boolean> {
  const saying = lastSaid
    .then(() => api.put('/api/presence', undefined, { connection, ruleSetId }))
    .then(
      () => true,
      () => false,
    );
  lastSaid = saying;
  return saying;
}

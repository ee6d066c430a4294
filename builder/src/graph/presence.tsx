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
/** Faces that are drawn; the rest is a number. */
const mostFaces = 3;

/** Tells the server that this page shows a rule set, and shows who else does: faces with names, and a sentence for those who do not see them. */
export function Presence({ ruleSetId }: { ruleSetId: string }) {
  const { t } = useTranslation('graph');
  const me = useMe();
  const connection = useConnection();
  useEffect(() => {
    if (!connection) return undefined;
    // Nothing depends on the answer: what was not heard is said again.
    const say = (id: string | null) => void api.put('/api/presence', undefined, { connection, ruleSetId: id }).catch(() => undefined);
    say(ruleSetId);
    const timer = window.setInterval(() => say(ruleSetId), sayEvery);
    return () => {
      window.clearInterval(timer);
      say(null);
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

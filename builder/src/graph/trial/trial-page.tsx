import { Select, Skeleton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconRouteOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { useLanguage } from '../../i18n.js';
import { useMe } from '../../session.js';
import { EmptyState } from '../../ui/empty-state.js';
import { usePageTitle } from '../../ui/page.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { formatFullTime } from '../../ui/times.js';
import { BesideCanvas } from '../beside-canvas.js';
import { useAllDirectory } from '../use-directory.js';
import { useRuleSets } from '../use-rule-sets.js';
import { ReleaseView } from './release-view.js';
import { ShadowView } from './shadow-view.js';
import { StartTrial } from './start-trial.js';
import { useTrials } from './use-trials.js';

/**
 * Versions of a rule set tried on live traffic: in the shadow of the published one, or for a share of the contacts. `?shown=…` names the one to look at, else it is
 * the newest; `?version=…` the version that a new one begins with, and `?how=release` that it is to be a release.
 */
export function TrialPage() {
  const { id = '' } = useParams();
  const [query, setQuery] = useSearchParams();
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const { timezone } = useMe();
  const client = useQueryClient();
  const sets = useRuleSets();
  const directory = useAllDirectory();
  const { trials, isPending, problem, retry } = useTrials(id);
  const ruleSet = sets.data?.find((one) => one.id === id);
  usePageTitle(ruleSet ? `${t('trial.title')}: ${ruleSet.name}` : t('trial.title'));

  if (sets.isPending || isPending) return <Skeleton h="70vh" m="md" />;
  if (!sets.data) return <ProblemAlert problem={sets.error} onRetry={() => void sets.refetch()} m="md" />;
  if (!ruleSet) return <EmptyState icon={IconRouteOff} title={t('list.missing')} text={t('list.missingText')} />;
  const shown = trials.find(({ of }) => of.id === query.get('shown')) ?? trials[0];
  const isBusy = trials.some(({ of }) => of.status === 'active');
  // A shadow makes room for a release; nothing else begins beside what is under way.
  const how = query.get('how') === 'release' ? 'release' : 'shadow';
  const canStart = !isBusy || (how === 'release' && !trials.some(({ kind, of }) => kind === 'release' && of.status === 'active'));
  const again = async () => {
    await client.invalidateQueries({ queryKey: ['rule-sets'] });
    await client.invalidateQueries({ queryKey: ['rule-set', id] });
  };
  return (
    <BesideCanvas
      ruleSetId={id}
      title={t('trial.title')}
      about={
        ruleSet.publishedVersion === null
          ? t('trial.nothingPublished', { name: ruleSet.name })
          : t('trial.about', { name: ruleSet.name, version: ruleSet.publishedVersion })
      }
    >
      <ProblemAlert problem={problem} onRetry={retry} />
      {canStart && ruleSet.publishedVersion !== null && (
        <StartTrial
          key={`${how} ${query.get('version')}`}
          ruleSet={ruleSet}
          version={query.get('version')}
          how={how}
          isBusy={isBusy}
          onStarted={(started) => {
            setQuery({ shown: started }, { replace: true });
            void again();
          }}
        />
      )}
      {trials.length > 1 && (
        <Select
          label={t('trial.earlier')}
          maw={520}
          allowDeselect={false}
          value={shown?.of.id ?? null}
          onChange={(chosen) => chosen && setQuery({ shown: chosen }, { replace: true })}
          data={trials.map(({ kind, of }) => ({
            value: of.id,
            label: t(`trial.one.${kind}`, {
              version: of.version,
              at: formatFullTime(of.startedAt, { language, timezone }),
              state: t(`trial.state.${of.status}`),
            }),
          }))}
        />
      )}
      {shown?.kind === 'shadow' && (
        <ShadowView key={shown.of.id} ruleSet={ruleSet} shadow={shown.of} directory={directory} isBusy={isBusy} onChanged={again} />
      )}
      {shown?.kind === 'release' && <ReleaseView key={shown.of.id} ruleSet={ruleSet} release={shown.of} onChanged={again} />}
    </BesideCanvas>
  );
}

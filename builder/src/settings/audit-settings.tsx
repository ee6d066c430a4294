import { Anchor, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { auditEntry, type AuditEntry } from '../../../api/people.js';
import { pageOf } from '../../../api/page.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { Section } from '../ui/section.js';
import { ShowMore } from '../ui/show-more.js';
import { usePages } from '../ui/use-pages.js';
import { When } from '../ui/when.js';
import { auditLines } from './audit-details.js';
import { auditSubject } from './audit-subject.js';

const auditPage = pageOf(auditEntry);

/** Who did what, newest first. */
export function AuditSettings() {
  const { t } = useTranslation('settings');
  const list = usePages(['audit'], '/api/audit', auditPage);
  return (
    <Section title={t('sections.audit')} text={t('audit.text')}>
      <ProblemAlert problem={list.error} onRetry={list.again} />
      {list.isPending && <RowsSkeleton />}
      {list.isEmpty && <Text c="dimmed">{t('audit.none')}</Text>}
      {list.items.length > 0 && (
        <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} role="region" aria-label={t('sections.audit')}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('audit.at')}</Table.Th>
                <Table.Th>{t('audit.actor')}</Table.Th>
                <Table.Th>{t('audit.action')}</Table.Th>
                <Table.Th>{t('audit.subject')}</Table.Th>
                <Table.Th>{t('audit.details')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.items.map(({ id, at, actor, action, subject, details }) => (
                <Table.Tr key={id} style={{ verticalAlign: 'top' }}>
                  <Table.Td>
                    <When at={at} />
                  </Table.Td>
                  <Table.Td>
                    <bdi>{actor}</bdi>
                  </Table.Td>
                  <Table.Td>{t(`actions.${action.replaceAll('.', '_')}`, { defaultValue: action })}</Table.Td>
                  <Table.Td maw={200} style={{ overflowWrap: 'anywhere' }}>
                    <Subject entry={{ action, subject, details }} />
                  </Table.Td>
                  <Table.Td maw={280}>
                    {auditLines(details, t).map((line) => (
                      <div key={line} style={{ overflowWrap: 'anywhere' }}>
                        <bdi>{line}</bdi>
                      </div>
                    ))}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Stack>
        <ShowMore list={list} />
      </Stack>
    </Section>
  );
}

function Subject({ entry: { action, subject, details } }: { entry: Pick<AuditEntry, 'action' | 'subject' | 'details'> }) {
  const { t } = useTranslation('settings');
  const shown = auditSubject(action, subject, details);
  if (!shown) return '—';
  if ('name' in shown) return <bdi>{shown.name}</bdi>;
  const text = [t(`audit.of.${shown.kind}`), shown.number !== undefined && `№ ${shown.number}`].filter(Boolean).join(' ');
  if (!shown.to) return text;
  return (
    <Anchor component={Link} to={shown.to}>
      {text}
    </Anchor>
  );
}

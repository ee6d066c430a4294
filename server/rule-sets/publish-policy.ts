import type { EntityManager } from 'typeorm';
import type { PublishPolicy } from '../../api/publishing.js';
import type { Finding, GraphCoverage } from '../../rules/index.js';
import { rowOf } from '../sql/rows.js';

/** What the account asks of a draft. @throws Error when the account is gone */
export async function readPolicy(db: EntityManager): Promise<PublishPolicy> {
  const policy = await rowOf<PublishPolicy>(
    db,
    `SELECT publish_without_warnings AS "withoutWarnings", publish_with_tests AS "withTests", publish_coverage AS coverage FROM accounts`,
  );
  if (!policy) throw new Error('the account is gone');
  return policy;
}

/** The parts of a policy that a draft without errors does not meet. */
export function findUnmet(policy: PublishPolicy, draft: { warnings: number; tests: number; coverage: GraphCoverage }): Finding[] {
  const { all, tests: reached } = draft.coverage.shares.nodes;
  const percent = all === 0 ? 100 : Math.floor((reached * 100) / all);
  return [
    ...(policy.withoutWarnings && draft.warnings > 0
      ? [
          unmet(
            'policy-warnings',
            {
              ru: `В компании публикуют без замечаний, а здесь замечаний: ${draft.warnings}`,
              en: `The company publishes without warnings; warnings here: ${draft.warnings}`,
            },
            { ru: 'Исправьте замечания или напишите, почему с ними можно.', en: 'Mend the warnings, or write why they may stay.' },
          ),
        ]
      : []),
    ...(policy.withTests && draft.tests === 0
      ? [
          unmet(
            'policy-tests',
            { ru: 'В компании публикуют с проверками, здесь нет ни одной', en: 'The company publishes with tests, here is none' },
            { ru: 'Сохраните пробную переписку как проверку.', en: 'Keep a tried chat as a test.' },
          ),
        ]
      : []),
    ...(percent < policy.coverage
      ? [
          unmet(
            'policy-coverage',
            {
              ru: `Проверки доходят до ${percent} % шагов (${reached} из ${all}), в компании нужно ${policy.coverage} %`,
              en: `The tests reach ${percent} % of the steps (${reached} of ${all}), the company wants ${policy.coverage} %`,
            },
            { ru: 'Добавьте проверки до остальных шагов.', en: 'Add tests that reach the other steps.' },
          ),
        ]
      : []),
  ];
}

function unmet(code: string, text: Finding['text'], mend: Finding['text']): Finding {
  return { code, severity: 'error', text, mend };
}

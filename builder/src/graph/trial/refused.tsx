import { z } from 'zod';
import { finding } from '../../../../api/rule-sets.js';
import type { Finding } from '../../../../rules/index.js';
import { ApiProblem } from '../../api-client.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { UnmetAlert } from '../publishing/unmet-alert.js';

/** Why the server would not let a version out: what is to be mended; where only the company's policy is not met, room for a reason. */
export function Refused({ problem, reason, onReason }: { problem: unknown; reason: string; onReason: (reason: string) => void }) {
  const found = refusalsOf(problem);
  return found ? <UnmetAlert found={found} reason={reason} onReason={onReason} /> : <ProblemAlert problem={problem} />;
}

/** The findings of a server that refused; undefined for any other problem. */
export function refusalsOf(problem: unknown): Finding[] | undefined {
  if (!(problem instanceof ApiProblem) || problem.status !== 422) return undefined;
  const parsed = z.object({ problems: z.array(finding).min(1) }).safeParse(problem.body);
  return parsed.success ? parsed.data.problems : undefined;
}

import type { GraphTest, RuleGraph } from '../../../../rules/index.js';
import { playTests } from '../proving/play-tests.js';

/** The recipe's tests that its filled graph passes: others speak of texts, hours or channels that the form changed, and would keep it from being published. */
export async function testsThatHold(graph: RuleGraph, tests: readonly GraphTest[] = []): Promise<GraphTest[]> {
  const played = await playTests({ graph: { ...graph, tests: [...tests] }, others: [] });
  return tests.filter((_, index) => played?.results[index]?.passed).map((test) => ({ ...test, name: withoutCode(test.name) }));
}

/** The recipes' tests name the behaviour that they prove, `I2-S01: …`, which says nothing to an admin. */
function withoutCode(name: string): string {
  const plain = name.replace(/^[A-Z0-9, -]+: /, '');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

import type { CompiledGraph } from '../compile.js';
import type { RuleGraph } from '../graph.js';
import type { Flow } from './flow.js';
import type { Wiring } from './wiring.js';

/** A rule set as the checks of pairs see it. */
export interface ReadyRuleSet {
  graph: RuleGraph;
  /** Named by its place: two graphs of one name are another finding, and what is found between them still holds. */
  compiled: CompiledGraph;
  wiring: Wiring;
  flow: Flow;
}

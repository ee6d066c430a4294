import { createHash } from 'node:crypto';
import { canonicalJson, type RuleGraph } from '../../rules/index.js';

/** The fingerprint of a version: SHA-256, in hex, of the graph as `canonicalJson` writes it, so that equal graphs have equal ones wherever they are. */
export function hashGraph(graph: RuleGraph): string {
  return createHash('sha256').update(canonicalJson(graph)).digest('hex');
}

import type { Bilingual } from './bilingual.js';

/** What `check` found: a code that the docs list, where, and how to mend it. An error keeps a version from being published. */
export interface Finding {
  code: string;
  severity: 'error' | 'warning';
  /** The node's id; absent for the graph as a whole. */
  node?: string;
  /** The JSON path in the graph, spelt `nodes[1].settings.text`. */
  path?: string;
  text: Bilingual;
  /** How to mend it. */
  mend?: Bilingual;
}

/** What an account has, for checks of names; the file of `check --account` has this shape. */
export interface AccountDirectory {
  channels?: { id: string; name: string; kind: string }[];
  pipelines?: { name: string; stages: { name: string; open: boolean }[] }[];
  users?: { id: string; name: string }[];
  ruleSets?: { name: string }[];
  crmConnections?: { id: string; name: string }[];
}

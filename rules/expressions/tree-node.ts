/** A node of the library's tree: data of no certain shape. */
export type TreeNode = Record<string, unknown>;

export function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A part that is a list, or nothing. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

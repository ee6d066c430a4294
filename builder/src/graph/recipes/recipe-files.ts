const modules = import.meta.glob<unknown>('../../../../samples/recipes/*.rules.json', { eager: true, import: 'default' });

/** The graph files of samples/recipes/ by recipe id. Comes as a chunk of its own: only who looks at recipes loads it. */
export const recipeFiles: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.entries(modules).map(([path, graph]) => [path.replace(/^.*\/|\.rules\.json$/g, ''), graph]),
);

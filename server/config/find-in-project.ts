import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A folder of the project by its path from the root, sought upwards from the running file: sources, the compiler's output and the bundle lie at different
 * depths. Undefined where there is none.
 */
export function findInProject(path: string): string | undefined {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const found = join(folder, path);
    if (existsSync(found)) return found;
    if (dirname(folder) === folder) return undefined;
  }
}

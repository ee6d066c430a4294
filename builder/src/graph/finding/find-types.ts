import { nodeTypeList, type Family, type Language, type NodeType } from '../../../../rules/index.js';

/** In the order of the palette. */
export const families: readonly Family[] = ['trigger', 'filter', 'choice', 'wait', 'action', 'end'];

/**
 * Node types that a search finds, best first: by the name in either language, by the stored id, then by the description.
 * @param query what was typed; every word of it must be found
 */
export function findTypes(query: string, language: Language): NodeType[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...nodeTypeList];
  const ranked = nodeTypeList.flatMap((nodeType) => {
    const names = plain(`${nodeType.title[language]} ${nodeType.title.ru} ${nodeType.title.en} ${nodeType.type}`);
    const all = `${names} ${plain(nodeType.description.ru)} ${plain(nodeType.description.en)}`;
    if (!words.every((word) => all.includes(word))) return [];
    const starts = plain(nodeType.title[language]).startsWith(words[0]!);
    const rank = starts ? 0 : words.every((word) => names.includes(word)) ? 1 : 2;
    return [{ nodeType, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ nodeType }) => nodeType);
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е');
}

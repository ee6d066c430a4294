import { nodeTypes, type Bilingual, type GraphCoverage, type NodeCoverage, type Reached, type RuleGraph } from '../rules/index.js';
import { placeNodes, type Place } from './place-nodes.js';
import type { Say } from './say.js';

const card = { width: 190, height: 58, port: 18 };
const margin = 40;
const heading = 34;

/** Of a title what fits on a card; the whole of it is shown by the reader's pointer. */
const shownLetters = 24;

/** Green and grey that keep their contrast on white. */
const colours = { reached: '#15803d', missed: '#6b7280', ink: '#111827', reachedFill: '#f0fdf4', missedFill: '#f3f4f6' };

/**
 * Draws which places of graphs were reached, one below the other, as an SVG document that stands alone: what was reached is green, what was not is
 * grey with a dashed line, counts stand beside.
 * @param covered a graph and its count, in pairs
 */
export function drawCoverage(covered: readonly { graph: RuleGraph; coverage: GraphCoverage }[], say: Say): string {
  let top = 0;
  let width = 0;
  const parts = covered.map(({ graph, coverage }) => {
    const drawing = drawGraph(graph, coverage, say);
    const part = `<g transform="translate(${margin} ${top + margin})">${drawing.svg}</g>`;
    top += drawing.height + margin * 2;
    width = Math.max(width, drawing.width + margin * 2);
    return part;
  });
  const size = `width="${width}" height="${top}" viewBox="0 0 ${width} ${top}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Inter, 'Segoe UI', Arial, sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function drawGraph(graph: RuleGraph, { nodes, ruleSet, shares }: GraphCoverage, say: Say): { svg: string; width: number; height: number } {
  const places = atOrigin(placeNodes(graph));
  const heights = new Map(nodes.map((node) => [node.node, heightOf(node)]));
  const title = say({
    ru: `${ruleSet}: шаги ${shares.nodes.reached} из ${shares.nodes.all}, выходы ${shares.ports.reached} из ${shares.ports.all}`,
    en: `${ruleSet}: nodes ${shares.nodes.reached} of ${shares.nodes.all}, ports ${shares.ports.reached} of ${shares.ports.all}`,
  });
  const edges = nodes.flatMap((node) => drawEdges(node, places, heights, say));
  const cards = nodes.map((node) => drawCard(node, places.get(node.node) ?? [0, 0], say));
  return {
    svg: [`<text y="6" font-size="16" font-weight="600" fill="${colours.ink}">${escape(title)}</text>`, ...edges, ...cards].join('\n'),
    width: Math.max(title.length * 9, ...[...places.values()].map(([x]) => x + card.width)),
    height: Math.max(heading, ...[...places].map(([id, [, y]]) => y + (heights.get(id) ?? 0))),
  };
}

/** Moves a drawing so that it begins under its heading, whatever numbers the canvas had. */
function atOrigin(places: ReadonlyMap<string, Place>): Map<string, Place> {
  const all = [...places.values()];
  const left = Math.min(...all.map(([x]) => x));
  const top = Math.min(...all.map(([, y]) => y));
  return new Map([...places].map(([id, [x, y]]): [string, Place] => [id, [Math.round(x - left), Math.round(y - top + heading)]]));
}

/** As high as its exits need to stand apart. */
function heightOf({ ports }: NodeCoverage): number {
  return Math.max(card.height, (ports.length + 1) * card.port);
}

function drawCard(covered: NodeCoverage, [x, y]: Place, say: Say): string {
  const { node, type, title, reached, errors, disabled } = covered;
  const name = title ?? say(nodeTypes.get(type)?.title ?? { ru: type, en: type });
  const failed = errors.tests + errors.events;
  const count = [
    disabled ? say({ ru: 'выключен', en: 'off' }) : countOf(reached, say),
    ...(failed > 0 ? [say({ ru: `ошибок ${failed}`, en: `errors ${failed}` })] : []),
  ].join(' · ');
  const { line, fill, dash } = styleOf(reached);
  return [
    `<g transform="translate(${x} ${y})">`,
    `<title>${escape(`${name} (${node})`)}</title>`,
    `<rect width="${card.width}" height="${heightOf(covered)}" rx="8" fill="${fill}" stroke="${line}" stroke-width="1.5"${dash}/>`,
    `<text x="12" y="24" font-weight="600" fill="${colours.ink}">${escape(shorten(name))}</text>`,
    `<text x="12" y="44" fill="${line}">${escape(count)}</text>`,
    '</g>',
  ].join('');
}

function drawEdges(
  { node, type, ports }: NodeCoverage,
  places: ReadonlyMap<string, Place>,
  heights: ReadonlyMap<string, number>,
  say: Say,
): string[] {
  const labels = nodeTypes.get(type)?.portLabels ?? {};
  const [x, y] = places.get(node) ?? [0, 0];
  return ports.flatMap(({ port, to, reached }, index) => {
    // The ports of a node leave its side one below the other.
    const start = [x + card.width, y + ((index + 1) * (heights.get(node) ?? 0)) / (ports.length + 1)] as const;
    const { line, dash } = styleOf(reached);
    const label: Bilingual = labels[port] ?? { ru: port, en: port };
    const name = ports.length > 1 ? `${say(label)}: ` : '';
    const text = `<text x="${start[0] + 6}" y="${start[1] - 4}" font-size="10" fill="${line}">${escape(`${name}${totalOf(reached)}`)}</text>`;
    const dot = `<circle cx="${start[0]}" cy="${start[1]}" r="3" fill="${line}"/>`;
    const curves = to.flatMap((target) => {
      const place = places.get(target);
      return place
        ? [
            `<path d="${curve(start, [place[0], place[1] + (heights.get(target) ?? 0) / 2])}" fill="none" stroke="${line}" stroke-width="1.5"${dash}/>`,
          ]
        : [];
    });
    return [...curves, dot, text];
  });
}

function curve([x, y]: Place, [left, end]: Place): string {
  const bend = Math.max(30, Math.abs(left - x) / 2);
  return `M${x} ${y} C${x + bend} ${y} ${left - bend} ${end} ${left} ${end}`;
}

function styleOf(reached: Reached): { line: string; fill: string; dash: string } {
  return totalOf(reached) > 0
    ? { line: colours.reached, fill: colours.reachedFill, dash: '' }
    : { line: colours.missed, fill: colours.missedFill, dash: ' stroke-dasharray="5 4"' };
}

function countOf(reached: Reached, say: Say): string {
  return say({ ru: `проверки ${reached.tests} · события ${reached.events}`, en: `tests ${reached.tests} · events ${reached.events}` });
}

function totalOf({ tests, events }: Reached): number {
  return tests + events;
}

function shorten(text: string): string {
  const letters = Array.from(text);
  return letters.length > shownLetters ? `${letters.slice(0, shownLetters - 1).join('')}…` : text;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as XML can hold it: its own signs written out, characters that no XML document may contain left out. */
function escape(text: string): string {
  return text
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? '')
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
}

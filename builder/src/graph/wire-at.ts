/** The wire under a point of the screen, also under a card that is dragged over it: its id on the canvas. */
export function wireAt({ x, y }: { x: number; y: number }): string | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const wire = element.closest('.react-flow__edge');
    if (wire) return wire.getAttribute('data-id') ?? undefined;
  }
  return undefined;
}

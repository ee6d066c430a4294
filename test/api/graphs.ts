/** A graph that answers every message with `text`. */
export function answering(text: string) {
  return {
    format: 1,
    name: 'Отвечает',
    nodes: [
      { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
      { id: 'hello', type: 'reply', settings: { text }, position: [220, 0] },
    ],
    edges: [{ from: 'in.next', to: 'hello' }],
  };
}

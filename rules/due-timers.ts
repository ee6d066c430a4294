/** Something that happens at an instant (ms since 1970); of two at one instant the first added comes first. */
interface Due<T> {
  due: number;
  order: number;
  what: T;
}

/** Timers by their instant: a heap, so that a million pending ones cost no more to ask than ten. */
export class DueTimers<T> {
  private readonly heap: Due<T>[] = [];
  private added = 0;

  add(due: number, what: T): void {
    this.added += 1;
    const { heap } = this;
    const entry = { due, order: this.added, what };
    heap.push(entry);
    let place = heap.length - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!comesFirst(entry, heap[parent]!)) break;
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = entry;
  }

  /** The instant of the next one. */
  get next(): number | undefined {
    return this.heap[0]?.due;
  }

  /** Takes the next one out. */
  take(): { due: number; what: T } | undefined {
    const { heap } = this;
    const [first] = heap;
    const last = heap.pop();
    if (first && last && heap.length > 0) {
      let place = 0;
      for (;;) {
        let child = 2 * place + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && comesFirst(heap[child + 1]!, heap[child]!)) child += 1;
        if (!comesFirst(heap[child]!, last)) break;
        heap[place] = heap[child]!;
        place = child;
      }
      heap[place] = last;
    }
    return first;
  }
}

function comesFirst(a: Due<unknown>, b: Due<unknown>): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}

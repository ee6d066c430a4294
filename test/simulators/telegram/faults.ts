/** What can go wrong with one answer. `stored` says whether the call had its effect before. */
export type Fault =
  /** The connection is reset without an answer. */
  | { kind: 'reset'; stored: boolean }
  /** 502 with the HTML of a gateway. */
  | { kind: 'bad-gateway'; stored: boolean }
  /** The answer comes late, 30 s by default. */
  | { kind: 'slow'; ms?: number }
  | { kind: 'too-many-requests'; seconds: number };

export interface PlannedFault {
  fault: Fault;
  /** Only calls of this method; absent: every send. */
  method?: string;
  /** How many calls it hits; default 1. */
  times?: number;
}

/** Faults that a test asked for, then random ones at the given rate; the seed replays them. */
export class Faults {
  private planned: { fault: Fault; method?: string; times: number }[] = [];
  private state: number;

  constructor(private readonly random: { seed: number; rate: number } = { seed: 1, rate: 0 }) {
    this.state = random.seed;
  }

  plan({ fault, method, times = 1 }: PlannedFault): void {
    this.planned = [...this.planned, { fault, ...(method !== undefined && { method }), times }];
  }

  next(method: string): Fault | undefined {
    const isSend = method.startsWith('send');
    const found = this.planned.find((planned) => planned.times > 0 && ('method' in planned ? planned.method === method : isSend));
    if (found) {
      found.times--;
      return found.fault;
    }
    if (!isSend || this.draw() >= this.random.rate) return undefined;
    return randomFaults[Math.floor(this.draw() * randomFaults.length)];
  }

  /** A linear congruential generator: 0 to 1, the same row for the same seed. */
  private draw(): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.state / 2 ** 32;
  }
}

const randomFaults: Fault[] = [
  { kind: 'reset', stored: true },
  { kind: 'bad-gateway', stored: true },
  { kind: 'slow' },
  { kind: 'reset', stored: false },
  { kind: 'bad-gateway', stored: false },
];

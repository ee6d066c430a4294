import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ChangeListener } from '../live/change-listener.js';

/** The queues of the path; the notice on each is `<account id> <row's id>`, sent by the transaction that left work there. */
export type Queue = 'inbox' | 'outbox' | 'rules' | 'calls';

/** Notices from other processes that there is work. They may be lost: the sweeps find what they left within 5 s. */
@Injectable()
export class WakeUps implements OnModuleInit {
  private readonly log = new Logger('wake-ups');
  private readonly workers = new Map<Queue, (notice: { accountId: string; id: string }) => void>();

  constructor(private readonly listener: ChangeListener) {}

  onModuleInit(): void {
    for (const queue of ['inbox', 'outbox', 'rules', 'calls'] as const) {
      this.listener.on(queue, { heard: (payload) => this.take(queue, payload), reconnected: () => undefined });
    }
  }

  on(queue: Queue, worker: (notice: { accountId: string; id: string }) => void): void {
    this.workers.set(queue, worker);
  }

  private take(queue: Queue, payload: string): void {
    const [accountId, id] = payload.split(' ');
    if (accountId && id) this.workers.get(queue)?.({ accountId, id });
    else this.log.error(`a notice on ${queue} is not one of ours`);
  }
}

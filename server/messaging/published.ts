import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Metrics } from '../health/metrics.js';
import { Changes } from '../live/changes.js';
import type { Batch } from './batch.js';
import { changedConversations } from './changed-conversations.js';
import { onlyConversation } from './only-conversation.js';

/** Says what a batch did: to the pages that are open, inside its transaction, and to the metrics, after it. */
@Injectable()
export class Published {
  constructor(
    private readonly changes: Changes,
    private readonly metrics: Metrics,
  ) {}

  async tell(db: EntityManager, batch: Batch): Promise<void> {
    const { messages, notifications, scores } = batch.rows;
    if (messages.length > 0 || batch.messageChanges.length > 0 || batch.statusChanges.length > 0 || batch.sent.length > 0) {
      // One line per batch: whoever shows the log reads it again, whoever shows a conversation looks whether it is his.
      const conversationId = onlyConversation({ messages, messageChanges: batch.messageChanges, statusChanges: batch.statusChanges });
      await this.changes.publish(db, batch.account.id, {
        kind: 'message',
        ...(conversationId && { conversationId }),
      });
    }
    for (const conversationId of changedConversations(batch.runs, scores))
      await this.changes.publish(db, batch.account.id, { kind: 'conversation', id: conversationId, conversationId });
    if (notifications.length > 0) await this.changes.publish(db, batch.account.id, { kind: 'notification' });
  }

  count(batch: Batch): void {
    for (const message of batch.rows.messages) this.metrics.messages.inc({ direction: message.direction, kind: batch.open.kind });
    for (const run of batch.runs) {
      this.metrics.runs.inc({ status: run.decision.status });
      for (const [i, effect] of run.decision.effects.entries())
        this.metrics.effects.inc({ type: effect.type, outcome: run.applied[i]?.outcome ?? 'skipped' });
    }
  }
}

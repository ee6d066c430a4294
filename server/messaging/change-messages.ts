import type { EntityManager } from 'typeorm';
import type { Batch, MessageChange } from './batch.js';

/** A row of early_changes: what is known of a message that has not come yet. Instants are RFC 3339. */
export interface EarlyChange {
  text: string | null;
  attachments: unknown[] | null;
  edited_at: string | null;
  attachments_edited_at: string | null;
  deleted_at: string | null;
}

/** What is kept of early changes, as the changes to make once the message is there. */
export function toMessageChanges(externalId: string, early: EarlyChange): MessageChange[] {
  const { text, attachments, edited_at: editedAt, attachments_edited_at: attachmentsAt, deleted_at: deletedAt } = early;
  const changes: MessageChange[] = [];
  if (attachments !== null && attachmentsAt !== null)
    changes.push({ kind: 'edited', externalId, at: attachmentsAt, text: text ?? '', attachments });
  // The newest text may come from an edit that left the attachments alone.
  if (text !== null && editedAt !== null) changes.push({ kind: 'edited', externalId, at: editedAt, text, attachments: null });
  if (deletedAt !== null) changes.push({ kind: 'deleted', externalId, at: deletedAt });
  return changes;
}

/**
 * Makes the batch's edits and deletions, after its new messages were written. Whatever order they come in, the newest edit of the text, the newest of the
 * attachments and the first deletion stand; what has no message yet waits for it in early_changes, and what a new message had waiting there is used up.
 */
export async function changeMessages(db: EntityManager, batch: Batch): Promise<void> {
  const usedUp = [...batch.earlyChanges.keys()];
  if (usedUp.length > 0)
    await db.query('DELETE FROM early_changes WHERE channel_id = $1 AND external_id = ANY ($2)', [batch.open.id, usedUp]);
  for (const change of batch.messageChanges) {
    const [, changed]: [unknown, number] =
      change.kind === 'deleted'
        ? await db.query('UPDATE messages SET deleted_at = least(deleted_at, $3) WHERE channel_id = $1 AND external_id = $2', [
            batch.open.id,
            change.externalId,
            change.at,
          ])
        : await db.query(
            `UPDATE messages ${asEdited('messages', '$3', '$4::jsonb', '$5::timestamptz')} WHERE channel_id = $1 AND external_id = $2`,
            [batch.open.id, change.externalId, change.text, change.attachments && JSON.stringify(change.attachments), change.at],
          );
    if (changed === 0) await keepEarly(db, batch, change);
  }
}

async function keepEarly(db: EntityManager, batch: Batch, change: MessageChange): Promise<void> {
  const edit = change.kind === 'edited' ? change : undefined;
  await db.query(
    `INSERT INTO early_changes AS early (channel_id, external_id, account_id, text, attachments, edited_at, attachments_edited_at, deleted_at)
     VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN $5::jsonb IS NOT NULL THEN $6::timestamptz END, $7)
     ON CONFLICT (channel_id, external_id) DO UPDATE ${edit ? asEdited('early', 'excluded.text', 'excluded.attachments', 'excluded.edited_at') : 'SET deleted_at = least(early.deleted_at, excluded.deleted_at)'}`,
    [
      batch.open.id,
      change.externalId,
      batch.account.id,
      edit?.text ?? null,
      edit?.attachments ? JSON.stringify(edit.attachments) : null,
      edit?.at ?? null,
      edit ? null : change.at,
    ],
  );
}

/** An older edit that comes late loses to a newer one, for the text and for the attachments, which not every edit names. */
function asEdited(row: string, text: string, attachments: string, at: string): string {
  const isNewer = `(${row}.edited_at IS NULL OR ${row}.edited_at <= ${at})`;
  const hasNewer = `${attachments} IS NOT NULL AND (${row}.attachments_edited_at IS NULL OR ${row}.attachments_edited_at <= ${at})`;
  return `SET text = CASE WHEN ${isNewer} THEN ${text} ELSE ${row}.text END, edited_at = greatest(${row}.edited_at, ${at}),
    attachments = CASE WHEN ${hasNewer} THEN ${attachments} ELSE ${row}.attachments END,
    attachments_edited_at = CASE WHEN ${hasNewer} THEN ${at} ELSE ${row}.attachments_edited_at END`;
}

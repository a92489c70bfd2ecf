import type { OutboxItem, OutboxStep, RefusalKind } from '../model/index.js';
import type { StoredDraft } from './desk-database.js';

/** Version 1 did not say until when a message is tried. In milliseconds. */
const PATIENCE = 10 * 60_000;

/** A message as version 1 stored it. */
interface OutboxItem1 {
  readonly clientId: string;
  readonly interaction: string;
  readonly contact: string;
  readonly content: { readonly kind: 'text'; readonly text: string };
  readonly createdAt: number;
  readonly state: 'queued' | 'sending' | 'failed';
  readonly error: { readonly kind: RefusalKind; readonly sentence: string } | null;
}

interface Draft1 {
  readonly interaction: string;
  readonly text: string;
  readonly at: number;
}

export function outboxItemOfVersion1(stored: unknown): OutboxItem {
  const { clientId, interaction, contact, content, createdAt, state, error } = stored as OutboxItem1;
  return {
    v: 1,
    clientId,
    lane: contact,
    interaction,
    createdAt,
    expiresAt: createdAt + PATIENCE,
    batch: null,
    replyTo: null,
    body: content,
    step: state === 'failed' ? failedStep(error) : { at: 'queued' },
  };
}

export function draftOfVersion1(stored: unknown): StoredDraft {
  const { interaction, text, at } = stored as Draft1;
  return { interaction, at, text, attachments: [], notification: null, replyTo: null, unfilled: [] };
}

/** What was `unavailable` may have gone: version 1 did not say more. */
function failedStep(error: OutboxItem1['error']): OutboxStep {
  const { kind, sentence } = error ?? { kind: 'unavailable', sentence: '' };
  return { at: 'failed', cause: kind === 'unavailable' ? 'doubt' : 'refusal', kind, sentence };
}

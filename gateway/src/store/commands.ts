import type { Receipt } from 'whatsapp-workspace/model';
import type { Tx } from './db.js';

/** A command that was carried out or refused before. */
export interface StoredCommand {
  readonly agent: string;
  readonly hash: string;
  readonly receipt: Receipt;
}

/**
 * Claims a command's id for this transaction.
 * @returns null when it is new; what was stored when it is not. Another transaction with the same id is waited for.
 */
export async function claimCommand(
  tx: Tx,
  command: { readonly id: string; readonly agent: string; readonly hash: string; readonly now: number },
): Promise<StoredCommand | null> {
  const rows = await tx.query(
    `insert into command (id, agent, hash, at) values ($1, $2, $3, $4) on conflict (id) do nothing returning id`,
    [command.id, command.agent, command.hash, command.now],
  );
  if (rows.length > 0) return null;
  const [stored] = await tx.query<StoredCommand>('select agent, hash, receipt from command where id = $1', [
    command.id,
  ]);
  if (!stored) throw new Error('A command was stored and is gone.');
  return stored;
}

export async function saveReceipt(tx: Tx, receipt: Receipt): Promise<void> {
  await tx.query('update command set receipt = $2 where id = $1', [receipt.id, JSON.stringify(receipt)]);
}

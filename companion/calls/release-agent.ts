import type { Writer } from '../store/store.ts'
import { followLoss } from './lose-agent.ts'
import type { CallsParts } from './parts.ts'
import { ringAgain } from './ring-again.ts'

/**
 * An agent who was switched off holds no call any more: their callers are rung again for the others (P3), and the agent's leg is ended once the
 * transaction has committed. They must be switched off already, or they would be rung too.
 */
export async function releaseAgent(parts: CallsParts, writer: Writer, userId: string): Promise<void> {
  const held = await writer.db
    .selectFrom('calls')
    .selectAll()
    .where('claimed_by', '=', userId)
    .where('state', 'in', ['claimed', 'live'])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  for (const call of held) {
    const row = await ringAgain(writer, call, 'agent-left')
    if (row) writer.afterCommit(() => followLoss(parts, call, row))
  }
}

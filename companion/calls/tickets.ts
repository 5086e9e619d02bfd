import { createHash, createHmac } from 'node:crypto'

/**
 * The winner's ticket for one claim: 64 hex digits, derived, so that the winner who asks again gets the same one while the database holds only
 * its hash. `epoch` is the claim's.
 */
export function makeTicket(secret: string, claim: { callId: string; epoch: number; userId: string }): string {
  return createHmac('sha256', secret).update(`join ${claim.callId} ${claim.epoch} ${claim.userId}`).digest('hex')
}

export const hashTicket = (ticket: string) => createHash('sha256').update(ticket).digest('hex')

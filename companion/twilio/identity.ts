/**
 * A user as Twilio knows them: `user_` and the id without its dashes. Twilio allows letters, digits and underscores, at most 121 of them.
 */
export const toIdentity = (userId: string) => `user_${userId.replaceAll('-', '')}`

/** The user id in a leg's From, such as `client:user_0190…`; undefined for anything else. */
export function userIdFrom(from: string): string | undefined {
  const parts = /^client:user_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(from)
  return parts?.slice(1).join('-')
}

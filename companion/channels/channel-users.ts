import type { Reader } from '../store/store.ts'

/** Everybody of a channel, by themselves or through a team, each once. */
export async function channelUserIds(db: Reader, channelId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('channel_users')
    .select('user_id')
    .where('channel_id', '=', channelId)
    .union(
      db
        .selectFrom('channel_teams')
        .innerJoin('team_members', 'team_members.team_id', 'channel_teams.team_id')
        .select('team_members.user_id')
        .where('channel_teams.channel_id', '=', channelId),
    )
    .execute()
  return rows.map((row) => row.user_id)
}

-- The talk that ended because the agent's leg left: {userId, epoch, liveAt, at}. A hang-up that comes late belongs to it. `epoch` is that of the
-- claim, so it counts only until somebody else has claimed the call.
alter table calls add column lost_talk jsonb;

-- Whose leg Twilio said is in the conference of this epoch. Both: the call is live. The two events come in any order, so each is kept.
alter table calls add column caller_in boolean not null default false;
alter table calls add column agent_in boolean not null default false;

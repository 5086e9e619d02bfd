-- Which revision last changed each part of a draft, as channels have it: two computers that change different parts are not in each other's way, and
-- whoever comes second is told who was first.

alter table drafts add column parts jsonb not null default '{}';           -- {part: {revision, by, at}}

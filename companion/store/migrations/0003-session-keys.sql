-- The public half of the browser's key, a JWK, and the instant that it signed last: a later one is needed to resume, so a heard request is of no use.
alter table sessions add column key jsonb not null default '{}';
alter table sessions add column resumed_at timestamptz;

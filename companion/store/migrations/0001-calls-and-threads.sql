-- The tables of people, channels, calls and threads. Written for PostgreSQL 15; PGlite runs the same.
-- Instants are timestamptz; ids are UUIDs made by the companion; enums are text held by CHECK so that a later migration can widen them.

create table settings (
  key text primary key,
  value jsonb not null
);

create table users (
  id uuid primary key,
  name text not null,
  email text,
  role text not null check (role in ('admin', 'agent')),
  language text not null default 'en',
  seat boolean not null default false,
  wanted boolean not null default false,           -- the toggle (AV1): what the agent wants, never what is
  audio_failed_at timestamptz,                     -- a lease ran out without audio: blocked until the voice page is ready afresh
  disabled_at timestamptz,
  created_at timestamptz not null
);

create table teams (id uuid primary key, name text not null);
create table team_members (
  team_id uuid not null references teams on delete cascade,
  user_id uuid not null references users on delete cascade,
  primary key (team_id, user_id)
);

create table sign_in_links (
  hash text primary key,                           -- sha256 of the secret, hex
  user_id uuid not null references users on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table sessions (
  id uuid primary key,
  hash text not null unique,                       -- sha256 of the token, hex
  user_id uuid not null references users on delete cascade,
  browser text not null,
  public_key jsonb not null,                       -- JWK, P-256: the browser proves itself with it to get a fresh token
  resumed_at timestamptz,                          -- `at` of the last resume; an older one is a replay
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  revoked_at timestamptz
);

create table socket_tickets (
  hash text primary key,
  session_id uuid not null references sessions on delete cascade,
  expires_at timestamptz not null
);

-- One row a browser profile: the facts from which a user's status is derived.
create table browsers (
  id uuid not null,
  user_id uuid not null references users on delete cascade,
  session_id uuid not null references sessions on delete cascade,
  companion_id uuid,                               -- which companion holds the socket; null: none does
  microphone text not null,
  voice text not null,
  seen_at timestamptz not null,                    -- last ping; older than 45 s counts as gone
  primary key (id, user_id)
);
create index browsers_user on browsers (user_id);

create table numbers (
  id uuid primary key,
  e164 text not null unique,
  provider_sid text unique,
  country text not null,
  created_at timestamptz not null
);

create table channels (
  id uuid primary key,
  name text not null,
  number_id uuid unique references numbers,
  enabled boolean not null default true,
  time_zone text not null,                         -- IANA
  ring_seconds integer not null default 30 check (ring_seconds between 5 and 600),
  greetings jsonb not null,                        -- {inHours, afterHours, closed}: {text, language, voice}
  created_at timestamptz not null,
  deleted_at timestamptz
);

-- Minutes since local midnight; until > from, and 1440 is midnight at the end. A range over midnight is two rows.
create table working_hours (
  channel_id uuid not null references channels on delete cascade,
  weekday integer not null check (weekday between 1 and 7),   -- ISO: 1 is Monday
  from_minute integer not null check (from_minute between 0 and 1439),
  until_minute integer not null check (until_minute between 1 and 1440),
  primary key (channel_id, weekday, from_minute)
);
create table holidays (
  channel_id uuid not null references channels on delete cascade,
  day date not null,
  name text not null,
  primary key (channel_id, day)
);
create table channel_users (
  channel_id uuid not null references channels on delete cascade,
  user_id uuid not null references users on delete cascade,
  primary key (channel_id, user_id)
);
create table channel_teams (
  channel_id uuid not null references channels on delete cascade,
  team_id uuid not null references teams on delete cascade,
  primary key (channel_id, team_id)
);

create table threads (
  id uuid primary key,
  channel_id uuid not null references channels,
  number text not null,                            -- the other party: E.164 or 'anonymous'
  contact jsonb,
  owner_id uuid references users,
  missed boolean not null default false,
  open boolean not null default true,
  preview text not null default '',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  seq bigint not null default 0
);
create index threads_recent on threads (updated_at desc);
create index threads_number on threads (number, updated_at desc);

create table calls (
  id uuid primary key,
  provider_sid text not null unique,               -- the caller's leg
  channel_id uuid not null references channels,
  direction text not null check (direction in ('inbound', 'outbound')),
  from_number text not null,
  to_number text not null,
  contact jsonb,
  state text not null check (state in ('ringing', 'claimed', 'live', 'voicemail', 'ended')),
  epoch integer not null default 0,
  claimed_by uuid references users,
  browser_id uuid,                                 -- which browser of the winner holds the phone
  ticket_hash text,                                -- of the claim; a join with another is turned away
  lease_until timestamptz,                         -- claimed: by then the audio is up
  ring_until timestamptz,                          -- ringing: by then nobody answered
  agent_sid text,                                  -- the winner's leg
  conference_sid text,
  hang_up_by uuid references users,                -- the intent; a leg that leaves without one is a crash
  arrived_at timestamptz not null,
  live_at timestamptz,
  ended_at timestamptz,
  outcome text,
  missed_reason text,
  thread_id uuid references threads,
  checked_at timestamptz not null                  -- when the sweep last looked
);
create index calls_going_on on calls (state) where state <> 'ended';
create index calls_holder on calls (claimed_by) where state in ('claimed', 'live');

create table ledger (
  call_id uuid not null references calls on delete cascade,
  user_id uuid not null references users,
  epoch integer not null,                          -- which ring of this call
  verdict text not null,
  reason text,
  lost_to uuid references users,
  rang_at timestamptz,
  told_at timestamptz,
  settled_at timestamptz,
  primary key (call_id, user_id)
);

create table entries (
  id uuid primary key,
  thread_id uuid not null references threads on delete cascade,
  type text not null,
  at timestamptz not null,
  author_id uuid references users,
  call_id uuid references calls,
  body jsonb not null default '{}',
  seq bigint not null default 0
);
create index entries_thread on entries (thread_id, at);
create unique index entries_call on entries (call_id) where type = 'call';

create table recordings (
  id uuid primary key,
  call_id uuid not null references calls,
  provider_sid text not null unique,
  seconds integer not null,
  created_at timestamptz not null
);

create table notifications (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  kind text not null,
  thread_id uuid not null references threads on delete cascade,
  call_id uuid not null references calls,
  at timestamptz not null,
  cleared_at timestamptz,
  unique (user_id, call_id)                        -- one call, one notification (P9)
);
create index notifications_unread on notifications (user_id) where cleared_at is null;

-- What a webhook answered, by a key of ours that is in its address: a doubled or replayed one gets the same answer and does nothing.
create table webhooks (
  key text primary key,
  answer text not null,
  at timestamptz not null
);

-- The change feed. `feed` has one row; taking its lock to draw a number makes the line gapless and in order of commit.
create table feed (single boolean primary key default true check (single), seq bigint not null);
insert into feed (seq) values (0);
create table events (
  seq bigint primary key,
  at timestamptz not null,
  users uuid[],                                    -- who may see it; null: every user
  event jsonb not null
);

-- Channels as an admin edits them: drafts of the wizard, tickets, uploads, special days with hours of their own, and the audit log.

alter table channels add column revision integer not null default 1;
alter table channels add column ticket jsonb not null default '{}';       -- TicketSettings; what is missing falls back to the desk-wide settings
alter table channels add column saved_by uuid references users;
alter table channels add column saved_at timestamptz;
-- Which revision last changed each part, so that two admins who edit different parts are not in each other's way.
alter table channels add column parts jsonb not null default '{}';        -- {part: {revision, by, at}}

alter table holidays add column ranges jsonb not null default '[]';       -- [{fromMinute, untilMinute}]: open then; empty: closed all day

alter table numbers add column wired boolean;                             -- as last checked; null: never could be
alter table numbers add column released_at timestamptz;

-- A half-finished wizard. `claiming` is set before the provider is asked to buy, so that a crash in between is mended by looking it up there.
create table drafts (
  id uuid primary key,
  started_by uuid not null references users,
  step text not null,
  number_id uuid references numbers,
  how text not null default 'undecided' check (how in ('undecided', 'claimed', 'existing')),
  claiming text,                                                          -- E.164
  settings jsonb not null,
  revision integer not null default 1,
  updated_at timestamptz not null,
  channel_id uuid references channels,
  discarded_at timestamptz
);

create table uploads (
  id uuid primary key,
  wav bytea not null,                                                     -- 8 kHz mono 16 bit, loudness made even
  seconds double precision not null,
  by_user uuid references users,
  at timestamptz not null
);

-- Tickets with which the voice page hears a greeting or makes a test call. One use, 60 s.
create table hearings (
  hash text primary key,
  user_id uuid not null references users on delete cascade,
  what jsonb not null,                                                    -- {greeting} or {channelId}
  expires_at timestamptz not null
);

-- Properties that a thread's ticket got when it was made (CH4).
alter table threads add column ticket jsonb not null default '{}';

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  by_user uuid references users,
  act text not null,
  subject text not null,
  before jsonb,
  after jsonb
);

create unique index users_email on users (lower(email)) where email is not null;

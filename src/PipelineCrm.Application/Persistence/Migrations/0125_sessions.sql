-- Sign-ins that hold. A row that goes ends its session at once, on every node: the rights of each request are read together with it.
create table sessions (
    id uuid primary key,
    user_id uuid not null references users on delete cascade,
    -- the user's security stamp when it began: a new stamp ends every session that was not taken along
    stamp text not null,
    browser text not null,
    system text not null,
    created_at timestamptz not null,
    seen_at timestamptz not null
);
create index sessions_user on sessions (user_id);
create index sessions_seen on sessions (seen_at);

alter table users add column last_signed_in_at timestamptz;

-- Tokens of before get the year that new ones have, from now on.
alter table api_tokens add column expires_at timestamptz;
update api_tokens set expires_at = now() + interval '1 year';
alter table api_tokens alter column expires_at set not null;

alter table settings add column demo_sign_in boolean not null default true;

-- Lists as somebody keeps them: parameters under a name, for oneself or for everybody who signs in.
create table saved_views (
    id uuid primary key,
    owner_id uuid not null references users,
    list text not null check (list in ('deals', 'customers', 'board')),
    name text not null,
    query jsonb not null,
    shared boolean not null default false,
    created_at timestamptz not null,
    version bigint not null default 1
);
create index saved_views_owner on saved_views (owner_id, id);
create index saved_views_shared on saved_views (id) where shared;

call append_to_outbox('saved_views', 'view', 'r.id::text', owner => 'case when not r.shared then r.owner_id end', version => 'r.version');

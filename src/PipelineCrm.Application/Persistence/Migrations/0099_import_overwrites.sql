-- What an import wrote over, until the import is undone: history says of names, mails and phones only whether there was one.
create table import_overwrites (
    import_id integer not null references imports,
    entity text not null,
    entity_id uuid not null,
    field text not null,
    before jsonb not null,
    after jsonb not null,
    primary key (import_id, entity, entity_id, field)
);

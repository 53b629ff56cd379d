-- Fields that admins add to deals (subject 1) and customers (subject 2). type: the numbers of the enum in Domain/Facts/FactType.cs.
-- A field is retired, never deleted; its values stay in the column custom of what they are of.
create table custom_fields (
    key text primary key check (key ~ '^[a-z0-9_]{1,40}$'),
    subject smallint not null check (subject in (1, 2)),
    type smallint not null,
    name_en text not null,
    name_zh text not null,
    choices jsonb not null default '[]',
    position integer not null,
    retired boolean not null default false,
    created_at timestamptz not null,
    created_by uuid references users,
    changed_at timestamptz not null,
    version bigint not null default 1
);
create trigger custom_fields_no_delete before delete on custom_fields for each row execute function refuse_change();
create trigger custom_fields_no_truncate before truncate on custom_fields for each statement execute function refuse_change();

alter table deals add column custom jsonb not null default '{}';
alter table customers add column custom jsonb not null default '{}';

-- Text as it is compared without regard to case: the same as TextFold in the application.
create function fold(text) returns text language sql immutable strict parallel safe
    return lower(translate($1, 'İΣς', 'iσσ') collate "und-x-icu") collate "C";

-- A day that was written as 2026-12-31; the cast of the database depends on a setting, so no index could be made over it.
create function iso_day(text) returns date language sql immutable strict parallel safe
    return make_date(left($1, 4)::integer, substr($1, 6, 2)::integer, right($1, 2)::integer);

-- The one index of a custom field, over the expression that conditions ask by (Domain/Facts/CustomField.cs). What has no such value is not in it.
create function custom_field_index(field text) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    made custom_fields;
    place text;
    expression text;
begin
    select * into strict made from custom_fields where key = field;
    place := case made.subject when 1 then 'deals' else 'customers' end;
    expression := case made.type
        when 1 then format('fold(custom ->> %L)', made.key)
        when 2 then format('(custom ->> %L)::numeric', made.key)
        when 3 then format('(custom -> %L ->> ''amount'')::numeric', made.key)
        when 4 then format('iso_day(custom ->> %L)', made.key)
        when 5 then format('custom ->> %L', made.key)
        when 7 then format('(custom ->> %L)::boolean', made.key)
        when 8 then format('custom -> %L', made.key)
        when 9 then format('(custom ->> %L)::uuid', made.key)
    end;
    execute format(
        'create index %I on %I using %s ((%s)) where (%s) is not null',
        place || '_custom_' || made.key, place, case made.type when 8 then 'gin' else 'btree' end, expression, expression);
end
$$;

call append_to_outbox('custom_fields', 'customField', 'r.key', version => 'r.version');

-- As other facts: a value changes only together with the line of the history that says so.
create function custom_needs_history() returns trigger language plpgsql as $$
declare
    untold text;
begin
    select k into untold
    from jsonb_object_keys(old.custom || new.custom) as k
    where old.custom -> k is distinct from new.custom -> k
      and not exists (
          select from history h
          where h.entity = tg_argv[0] and h.entity_id = new.id::text and h.field = 'custom.' || k and h.recorded_at = transaction_timestamp()
            and (coalesce(h.after, 'null') = coalesce(new.custom -> k, 'null') or (h.after = '"filled"' and new.custom ? k) or (h.after = '"empty"' and not new.custom ? k)))
    limit 1;
    if found then
        raise exception '% % changes its custom.% without a line in the history', tg_argv[0], new.id, untold using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
create constraint trigger deals_custom_needs_history after update on deals
    deferrable initially deferred for each row when (old.custom <> new.custom) execute function custom_needs_history('deal');
create constraint trigger customers_custom_needs_history after update on customers
    deferrable initially deferred for each row when (old.custom <> new.custom) execute function custom_needs_history('customer');

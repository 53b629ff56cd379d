-- What the planner knows of a custom field's values. Of an index that leaves rows out it takes no statistics: a filter over a field that one deal
-- in three answers was planned as if one in two hundred did.
create function custom_field_expression(made custom_fields) returns text language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select case made.type
        when 1 then format('fold(custom ->> %L)', made.key)
        when 2 then format('(custom ->> %L)::numeric', made.key)
        when 3 then format('(custom -> %L ->> ''amount'')::numeric', made.key)
        when 4 then format('iso_day(custom ->> %L)', made.key)
        when 5 then format('custom ->> %L', made.key)
        when 7 then format('(custom ->> %L)::boolean', made.key)
        when 8 then format('custom -> %L', made.key)
        when 9 then format('(custom ->> %L)::uuid', made.key)
    end
$$;

-- Of several choices a value is a list: what is known of lists as a whole helps nobody who asks for one of their members.
create function custom_field_statistics(made custom_fields) returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    place constant text := case made.subject when 1 then 'deals' else 'customers' end;
begin
    if made.type <> 8 then
        execute format('create statistics public.%I on (%s) from %I', place || '_custom_' || made.key, custom_field_expression(made), place);
    end if;
end $$;

create or replace function custom_field_index(field text) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    made custom_fields;
    place text;
    expression text;
begin
    select * into strict made from custom_fields where key = field;
    place := case made.subject when 1 then 'deals' else 'customers' end;
    expression := custom_field_expression(made);
    execute format(
        'create index %I on %I using %s ((%s)) where (%s) is not null',
        place || '_custom_' || made.key, place, case made.type when 8 then 'gin' else 'btree' end, expression, expression);
    perform custom_field_statistics(made);
end $$;

select custom_field_statistics(f) from custom_fields f;

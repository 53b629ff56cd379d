-- What is looked for in customers, contacts and deals, one row each, written by triggers wherever a name, mail, phone or title is.
-- kind: 1 customer, 2 contact, 3 deal. What is archived or void is here too: whoever reads joins the row itself, for that and for the rights.
create function search_form(text) returns text language sql immutable parallel safe as $$
    select case when $1 ~ '^[\x21-\x7e]+( [\x21-\x7e]+)*$' then lower($1) else
        btrim(regexp_replace(regexp_replace(lower(normalize($1, NFKC) collate names), '\s+', ' ', 'g'), ' (?=[㐀-鿿豈-﫿])|(?<=[㐀-鿿豈-﫿]) ', '', 'g')) end
$$;

-- A pattern that finds the text anywhere.
create function search_like(text) returns text language sql immutable parallel safe as $$
    select '%' || regexp_replace(search_form($1), '([\\%_])', '\\\1', 'g') || '%'
$$;

-- Every two neighbouring characters that are no ASCII: trigrams find nothing in a Chinese word of two.
create function search_pairs(form text) returns text[] language sql immutable parallel safe as $$
    select case when form ~ '^[\x01-\x7f]*$' then '{}' else coalesce(
        (select array_agg(distinct pair) from (select substr(form, i, 2) as pair from generate_series(1, length(form) - 1) i) pairs where pair ~ '^[^\x01-\x7f]{2}$'), '{}') end
$$;

-- Mail and the digits of the phone, without the zero that is only dialled within a country: +49 (0)40.
create function search_more(email text, phone text) returns text language sql immutable parallel safe as $$
    select concat_ws(E'\n', search_form(email), nullif(regexp_replace(normalize(phone, NFKC), '\(0\)|[^0-9]', '', 'g'), ''))
$$;

create table search_texts (
    kind smallint not null,
    id uuid not null,
    -- of a deal, so that a reader's own are found among everybody's
    owner_id uuid,
    name text not null,
    more text not null,
    pairs text[] not null generated always as (search_pairs(name)) stored,
    content text not null generated always as (name || E'\n' || more) stored,
    primary key (kind, id)
);

create function search_customers_added() returns trigger language plpgsql as $$
begin
    insert into search_texts (kind, id, name, more) select 1, id, search_form(name), search_more(email, phone) from added;
    return null;
end $$;
create function search_contacts_added() returns trigger language plpgsql as $$
begin
    insert into search_texts (kind, id, name, more) select 2, id, search_form(name), search_more(email, phone) from added;
    return null;
end $$;
create function search_deals_added() returns trigger language plpgsql as $$
begin
    insert into search_texts (kind, id, owner_id, name, more) select 3, id, owner_id, search_form(title), '' from added;
    return null;
end $$;
create function search_person_changed() returns trigger language plpgsql as $$
begin
    update search_texts set name = search_form(new.name), more = search_more(new.email, new.phone)
    where kind = case tg_table_name when 'customers' then 1 else 2 end and id = new.id;
    return null;
end $$;
create function search_deal_changed() returns trigger language plpgsql as $$
begin
    update search_texts set name = search_form(new.title), owner_id = new.owner_id where kind = 3 and id = new.id;
    return null;
end $$;
create trigger customers_search_added after insert on customers referencing new table as added for each statement execute function search_customers_added();
create trigger contacts_search_added after insert on contacts referencing new table as added for each statement execute function search_contacts_added();
create trigger deals_search_added after insert on deals referencing new table as added for each statement execute function search_deals_added();
create trigger customers_search_changed after update on customers for each row
    when ((old.name, old.email, old.phone) is distinct from (new.name, new.email, new.phone)) execute function search_person_changed();
create trigger contacts_search_changed after update on contacts for each row
    when ((old.name, old.email, old.phone) is distinct from (new.name, new.email, new.phone)) execute function search_person_changed();
create trigger deals_search_changed after update on deals for each row
    when ((old.title, old.owner_id) is distinct from (new.title, new.owner_id)) execute function search_deal_changed();

-- All of it anew, for rows that were written while the triggers slept.
create function fill_search_texts() returns void language sql as $$
    delete from search_texts;
    insert into search_texts (kind, id, name, more) select 1, id, search_form(name), search_more(email, phone) from customers;
    insert into search_texts (kind, id, name, more) select 2, id, search_form(name), search_more(email, phone) from contacts;
    insert into search_texts (kind, id, owner_id, name, more) select 3, id, owner_id, search_form(title), '' from deals;
$$;
select fill_search_texts();

create index search_texts_name on search_texts (kind, name collate "C");
create index search_texts_owner on search_texts (owner_id, name collate "C") where owner_id is not null;
create index search_texts_pairs on search_texts using gin (pairs) where cardinality(pairs) > 0;

-- Parts of words and words with a typing error are found by trigrams, where the server's contributed modules are there; else parts by reading all.
do $$
begin
    create extension if not exists pg_trgm;
    create index search_texts_content on search_texts using gin (content gin_trgm_ops);
exception when others then
    raise notice 'pg_trgm cannot be had (%): searching finds no words with typing errors, and is slower.', sqlerrm;
end $$;

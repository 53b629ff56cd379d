-- Names of people and companies and titles of deals are looked through apart: what is common in one and nowhere in the other is
-- planned by the statistics of each, where those of both together had all of them read.
alter table search_texts rename to search_texts_before;
create table search_texts (
    kind smallint not null,
    id uuid not null,
    owner_id uuid,
    name text not null,
    more text not null,
    pairs text[] not null generated always as (search_pairs(name)) stored,
    content text not null generated always as (name || E'\n' || more) stored
) partition by list (kind);
create table search_texts_of_people partition of search_texts for values in (1, 2);
create table search_texts_of_deals partition of search_texts for values in (3);
insert into search_texts (kind, id, owner_id, name, more) select kind, id, owner_id, name, more from search_texts_before;
drop table search_texts_before;

alter table search_texts add primary key (kind, id);
create index search_texts_name on search_texts (kind, name collate "C");
create index search_texts_owner on search_texts_of_deals (owner_id, name collate "C") where owner_id is not null;
create index search_texts_pairs on search_texts using gin (pairs) where cardinality(pairs) > 0;
do $$
begin
    if exists (select from pg_extension where extname = 'pg_trgm') then
        create index search_texts_content on search_texts using gin (content gin_trgm_ops);
    end if;
end $$;
analyze search_texts;

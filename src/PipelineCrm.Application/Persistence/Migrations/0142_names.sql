-- Names sort as people read them: Latin letters first, whatever their case and accents, then Chinese by pinyin, numbers inside by their value.
-- A server without ICU sorts by code point.
do $$
begin
    create collation names (provider = icu, locale = 'zh-u-co-pinyin-kn-kr-latn-hani');
exception when others then
    raise notice 'This PostgreSQL has no ICU: names sort by code point. %', sqlerrm;
    create collation names from "C";
end $$;

drop index customers_name;
create index customers_name on customers (name collate names, id);

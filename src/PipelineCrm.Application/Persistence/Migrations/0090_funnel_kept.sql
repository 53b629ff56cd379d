-- What the funnel counts, kept per deal so that a report reads rows instead of replaying the ledger. Two views say what is to be kept, from the
-- ledger and the history alone; two tables hold it; which deals have changed since stands in funnel_changed, and those are
-- read through the views until they are folded in. So a report is exact in every snapshot, a move writes one short row, and both tables can be made again at any time.

-- The transitions of a deal that hold as of now, undone ones and undos left out, joined into stays: from one entry into a stage to the next.
-- One row per counted entry, skipped stages included, with the stay that began with it and the deal's present values.
create view funnel_entries_due as
select d.id as deal_id, e.stage::smallint as stage, s.entered_at,
       s.to_stage <> e.stage as skipped,
       s.to_stage = e.stage and not s.entry_known as unknown_entry,
       case when s.to_stage = e.stage and s.entry_known and s.runs_since is null then floor(date_part('epoch', s.lasted))::bigint end as seconds,
       case when s.to_stage = e.stage and s.entry_known then s.runs_since - s.lasted end as clock_from,
       d.furthest_stage, d.stage as deal_stage, d.outcome, d.lost_reason, d.owner_id, d.source, d.amount, d.currency
from deals d
cross join lateral (
    select h.to_stage,
           min(h.occurred_at) as entered_at, bool_or(h.enters and h.entry_known) as entry_known,
           max(h.counted_from) as counted_from, max(h.counted_to) as counted_to,
           coalesce(sum(greatest(h.until - h.occurred_at, interval '0')) filter (where h.to_outcome = 0 and h.until is not null), interval '0') as lasted,
           max(h.occurred_at) filter (where h.to_outcome = 0 and h.until is null) as runs_since
    from (
        select t.to_stage, t.to_outcome, t.occurred_at, t.counted_from, t.counted_to, t.entry_known,
               t.from_stage is distinct from t.to_stage as enters,
               lead(t.occurred_at) over w as until,
               count(*) filter (where t.from_stage is distinct from t.to_stage) over w as entry
        from transitions t
        where t.deal_id = d.id and t.undoes is null and not exists (select from transitions u where u.undoes is not null and u.undoes = t.id)
        window w as (order by t.seq)) h
    group by h.entry, h.to_stage
    having max(h.counted_to) is not null) s
cross join lateral generate_series(s.counted_from::integer, s.counted_to::integer) as e(stage)
where not d.void and d.archived_at is null;

-- The times in which a deal was open, cut wherever its stage or one of its facts changed: what happened at an instant shows in every instant
-- after it. The stage's clock is that of the moves that held at the time, by the numbers of the ledger.
create view funnel_spans_due as
select d.id as deal_id, greatest(s.from_at, f.from_at) as from_at, least(s.to_at, f.to_at) as to_at, s.stage, c.entry_known, c.clock_from,
       f.owner_id, f.source, f.amount, f.currency, f.expected_close, d.owner_id as present_owner_id
from deals d
cross join lateral (
    select t.id, t.seq, t.to_stage as stage, t.to_outcome as outcome, t.occurred_at as from_at, t.entry_known,
           t.undoes is null and t.from_stage is distinct from t.to_stage as enters,
           coalesce(min(t.occurred_at) over (order by t.seq desc rows between unbounded preceding and 1 preceding), 'infinity') as to_at
    from transitions t
    where t.deal_id = d.id) s
cross join lateral (
    select s.entry_known, s.from_at as clock_from where s.enters
    union all
    select bool_or(h.enters and h.entry_known),
           max(h.occurred_at) - coalesce(sum(greatest(h.until - h.occurred_at, interval '0')) filter (where h.to_outcome = 0 and h.until is not null), interval '0')
    from (
        select t.seq, t.to_outcome, t.occurred_at, t.entry_known, t.from_stage is distinct from t.to_stage as enters,
               lead(t.occurred_at) over (order by t.seq) as until,
               max(t.seq) filter (where t.from_stage is distinct from t.to_stage) over () as entry
        from transitions t
        where not s.enters and t.deal_id = d.id and t.seq <= s.seq and t.undoes is null
          and not exists (select from transitions u where u.undoes is not null and u.undoes = t.id and u.seq <= s.seq)) h
    where h.seq >= h.entry
    having not s.enters) c
cross join lateral (
    select h.from_at, h.to_at,
           (h.owners[cardinality(h.owners)] #>> '{}')::uuid as owner_id,
           h.sources[cardinality(h.sources)] #>> '{}' as source,
           (h.amounts[cardinality(h.amounts)] #>> '{}')::numeric(19,4) as amount,
           h.currencies[cardinality(h.currencies)] #>> '{}' as currency,
           (h.closes[cardinality(h.closes)] #>> '{}')::date as expected_close
    from (
        select k.occurred_at as from_at, lead(k.occurred_at, 1, 'infinity') over w as to_at,
               array_agg(k.after) filter (where k.field = 'ownerId') over w as owners,
               array_agg(k.after) filter (where k.field = 'source') over w as sources,
               array_agg(k.after) filter (where k.field = 'amount') over w as amounts,
               array_agg(k.after) filter (where k.field = 'currency') over w as currencies,
               array_agg(k.after) filter (where k.field = 'expectedClose') over w as closes,
               array_agg(k.after) filter (where k.field = 'archivedAt') over w as archived
        from (
            select '-infinity'::timestamptz as occurred_at, 0::bigint as id, '' as field, null::jsonb as after
            union all
            select r.occurred_at, r.id, r.field, r.after
            from history r
            where r.entity = 'deal' and r.entity_id = d.id::text
              and r.field in ('ownerId', 'source', 'amount', 'currency', 'expectedClose', 'archivedAt')) k
        window w as (order by k.occurred_at, k.id)) h
    where h.from_at < h.to_at and h.archived[cardinality(h.archived)] #>> '{}' is null) f
where not d.void and s.outcome = 0 and c.clock_from is not null and s.from_at < s.to_at and f.from_at < s.to_at and s.from_at < f.to_at;

create table funnel_entries (
    deal_id uuid not null,
    stage smallint not null,
    entered_at timestamptz not null,
    skipped boolean not null,
    unknown_entry boolean not null,
    -- how long the stay was that began with the entry; null while it goes on, and where there is none
    seconds bigint,
    -- while it goes on: the instant from which it has lasted as long as from its beginning without what lay between
    clock_from timestamptz,
    furthest_stage smallint not null,
    deal_stage smallint not null,
    outcome smallint not null,
    lost_reason text,
    owner_id uuid not null,
    source text,
    amount numeric(19,4),
    currency char(3)
);
create table funnel_spans (
    deal_id uuid not null,
    -- holds at every instant after from_at, up to and with to_at
    from_at timestamptz not null,
    to_at timestamptz not null,
    stage smallint not null,
    entry_known boolean not null,
    clock_from timestamptz not null,
    owner_id uuid,
    source text,
    amount numeric(19,4),
    currency text,
    expected_close date,
    -- whose the deal is now: who may see it, may see what it was
    present_owner_id uuid not null
);
-- Deals that changed since they were folded in, once for each change.
create table funnel_changed (deal_id uuid not null);

set local jit = off;
insert into funnel_entries select * from funnel_entries_due;
insert into funnel_spans select * from funnel_spans_due;
create index funnel_entries_deal on funnel_entries (deal_id);
create index funnel_spans_deal on funnel_spans (deal_id);
set local jit to default;
alter table funnel_entries set (autovacuum_vacuum_scale_factor = 0.05);
alter table funnel_spans set (autovacuum_vacuum_scale_factor = 0.05);

-- Whatever changes of a deal (a transition, a fact, its archiving), its row changes with it.
create function note_funnel_change() returns trigger language plpgsql as $$
begin
    insert into funnel_changed (deal_id) select id from changed;
    return null;
end $$;
create trigger deals_note_funnel_insert after insert on deals referencing new table as changed
    for each statement execute function note_funnel_change();
create trigger deals_note_funnel_update after update on deals referencing new table as changed
    for each statement execute function note_funnel_change();

-- One rule of rounding for the stage's clock, the ledger's (DealState.SecondsInStage): whole seconds from the entry to the end, less the
-- whole seconds of each time that the deal lay Lost in between. Reports added up exact pieces and rounded once, so that two of them could
-- differ from the ledger by a second.

-- What imports forgot: the time that a deal lay Lost before it was reopened in the file. Where nobody has moved the deal since, its clock is set
-- right; where somebody has, the ledger holds the wrong number for good, and verify says so.
update deals d set paused_seconds = p.seconds
from (
    select l.deal_id, sum(floor(date_part('epoch', greatest(r.occurred_at - l.occurred_at, interval '0'))))::bigint as seconds
    from transitions l
    join transitions r on r.deal_id = l.deal_id and r.seq = l.seq + 1 and r.to_stage = l.to_stage and r.to_outcome = 0
    where l.to_outcome = 1
      and l.seq >= (select max(e.seq) from transitions e where e.deal_id = l.deal_id and e.from_stage is distinct from e.to_stage)
    group by 1) p
where p.deal_id = d.id and d.import_id is not null and d.paused_seconds <> p.seconds
  and not exists (select from transitions t where t.deal_id = d.id and t.channel <> 5);

create or replace view funnel_entries_due as
select d.id as deal_id, e.stage::smallint as stage, s.entered_at,
       s.to_stage <> e.stage as skipped,
       s.to_stage = e.stage and not s.entry_known as unknown_entry,
       case when s.to_stage = e.stage and s.entry_known and not s.runs then greatest(floor(date_part('epoch', s.ended_at - s.entered_at))::bigint - s.paused, 0) end as seconds,
       case when s.to_stage = e.stage and s.entry_known and s.runs then s.entered_at + make_interval(secs => s.paused) end as clock_from,
       d.furthest_stage, d.stage as deal_stage, d.outcome, d.lost_reason, d.owner_id, d.source, d.amount, d.currency
from deals d
cross join lateral (
    select h.to_stage,
           min(h.occurred_at) as entered_at, bool_or(h.enters and h.entry_known) as entry_known,
           max(h.counted_from) as counted_from, max(h.counted_to) as counted_to,
           coalesce(sum(floor(date_part('epoch', greatest(h.until - h.occurred_at, interval '0')))) filter (where h.pause), 0)::bigint as paused,
           max(case when h.to_outcome = 0 then h.until else h.occurred_at end) as ended_at,
           bool_or(h.to_outcome = 0 and h.until is null) as runs
    from (
        select t.to_stage, t.to_outcome, t.occurred_at, t.counted_from, t.counted_to, t.entry_known,
               t.from_stage is distinct from t.to_stage as enters,
               lead(t.occurred_at) over w as until,
               t.to_outcome <> 0 and lead(t.to_outcome) over w = 0 and lead(t.to_stage) over w = t.to_stage as pause,
               count(*) filter (where t.from_stage is distinct from t.to_stage) over w as entry
        from transitions t
        where t.deal_id = d.id and t.kind <> 10 and not exists (select from transitions u where u.undoes is not null and u.undoes = t.id)
        window w as (order by t.seq)) h
    group by h.entry, h.to_stage
    having max(h.counted_to) is not null) s
cross join lateral generate_series(s.counted_from::integer, s.counted_to::integer) as e(stage)
where not d.void and d.archived_at is null;

-- The times in which a deal was open, cut wherever its stage or one of its facts changed: what happened at an instant shows in every instant
-- after it. The stage's clock is that of the moves that held at the time, by the numbers of the ledger.
create or replace view funnel_spans_due as
select d.id as deal_id, greatest(s.from_at, f.from_at) as from_at, least(s.to_at, f.to_at) as to_at, s.stage, c.entry_known, c.clock_from,
       f.owner_id, f.source, f.amount, f.currency, f.expected_close, d.owner_id as present_owner_id
from deals d
cross join lateral (
    select t.id, t.seq, t.to_stage as stage, t.to_outcome as outcome, t.occurred_at as from_at, t.entry_known,
           t.kind <> 10 and t.from_stage is distinct from t.to_stage as enters,
           coalesce(min(t.occurred_at) over (order by t.seq desc rows between unbounded preceding and 1 preceding), 'infinity') as to_at
    from transitions t
    where t.deal_id = d.id) s
cross join lateral (
    select s.entry_known, s.from_at as clock_from where s.enters
    union all
    select bool_or(h.enters and h.entry_known),
           min(h.occurred_at)
               + make_interval(secs => coalesce(sum(floor(date_part('epoch', greatest(h.until - h.occurred_at, interval '0')))) filter (where h.to_outcome <> 0 and h.until is not null), 0))
    from (
        select t.seq, t.to_outcome, t.occurred_at, t.entry_known, t.from_stage is distinct from t.to_stage as enters,
               lead(t.occurred_at) over (order by t.seq) as until,
               max(t.seq) filter (where t.from_stage is distinct from t.to_stage) over () as entry
        from transitions t
        where not s.enters and t.deal_id = d.id and t.seq <= s.seq and t.kind <> 10
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

-- Only what lay Lost in between is kept otherwise than before.
insert into funnel_changed select distinct deal_id from transitions where from_outcome = 1 and to_outcome = 0;

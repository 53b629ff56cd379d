-- What the application's role may do without saying so shrinks. Facts change only together with the line of the history that says so, in the
-- same transaction; the clock, and what a deal is about, only together with a transition; the past is written at its own time; and what is
-- kept for board and reports is written by the owner's functions alone.

-- When it is recorded, the database says. What occurred earlier comes from files and the demo.
alter table history alter column recorded_at set default transaction_timestamp(), alter column occurred_at set default transaction_timestamp();
create function refuse_backdating() returns trigger language plpgsql as $$
begin
    raise exception '% is written at its own time: occurred %, recorded % refused', tg_table_name, new.occurred_at, new.recorded_at
        using errcode = 'integrity_constraint_violation';
end $$;
create function refuse_backdated_refusal() returns trigger language plpgsql as $$
begin
    raise exception 'refusals are written at their own time: % refused', new.occurred_at using errcode = 'integrity_constraint_violation';
end $$;
-- Channels 5 and 6: import and demo.
create trigger history_of_now before insert on history for each row
    when (new.recorded_at <> transaction_timestamp() or new.occurred_at > new.recorded_at + interval '1 hour' or (new.occurred_at <> new.recorded_at and new.channel not in (5, 6)))
    execute function refuse_backdating();
create trigger transitions_of_now before insert on transitions for each row
    when (new.recorded_at <> transaction_timestamp() or new.occurred_at > new.recorded_at + interval '1 hour' or (new.occurred_at <> new.recorded_at and new.channel not in (5, 6)))
    execute function refuse_backdating();
create trigger refusals_of_now before insert on refusals for each row
    when (new.occurred_at > transaction_timestamp() + interval '1 hour' or (new.occurred_at <> transaction_timestamp() and new.channel not in (5, 6)))
    execute function refuse_backdated_refusal();

-- The clock and whatever a deal has from its opening on: as its stage, only together with its transition. For a move the trigger fires anyway.
drop trigger deals_moved_need_transition on deals;
create constraint trigger deals_moved_need_transition after update on deals
    deferrable initially deferred for each row
    when (old.stage <> new.stage or old.outcome <> new.outcome or old.last_seq <> new.last_seq or old.void <> new.void
        or old.entered_stage_at <> new.entered_stage_at or old.stage_entry_known <> new.stage_entry_known
        or old.stopped_at is distinct from new.stopped_at or old.paused_seconds <> new.paused_seconds
        or old.won_at is distinct from new.won_at or old.closed_at is distinct from new.closed_at or old.furthest_stage <> new.furthest_stage
        or old.lost_reason is distinct from new.lost_reason or old.customer_id <> new.customer_id or old.cycle <> new.cycle
        or old.previous_deal_id is distinct from new.previous_deal_id or old.referred_by_deal_id is distinct from new.referred_by_deal_id
        or old.created_at <> new.created_at or old.import_id is distinct from new.import_id or old.external_key is distinct from new.external_key)
    execute function deal_needs_transition();

create function deal_needs_history() returns trigger language plpgsql as $$
declare
    untold text;
begin
    select f.field into untold
    from (values
        ('title', to_jsonb(old.title), to_jsonb(new.title)), ('amount', to_jsonb(old.amount), to_jsonb(new.amount)),
        ('currency', to_jsonb(old.currency), to_jsonb(new.currency)), ('expectedClose', to_jsonb(old.expected_close), to_jsonb(new.expected_close)),
        ('source', to_jsonb(old.source), to_jsonb(new.source)), ('ownerId', to_jsonb(old.owner_id), to_jsonb(new.owner_id)),
        ('productId', to_jsonb(old.product_id), to_jsonb(new.product_id)), ('lostReason', to_jsonb(old.lost_reason), to_jsonb(new.lost_reason)),
        ('void', to_jsonb(nullif(old.void, false)), to_jsonb(nullif(new.void, false))),
        ('archivedAt', to_jsonb(old.archived_at), to_jsonb(new.archived_at))) as f(field, was, becomes)
    where f.was is distinct from f.becomes
      and not exists (
          select from history h
          where h.entity = 'deal' and h.entity_id = new.id::text and h.field = f.field and h.recorded_at = transaction_timestamp()
            and case f.field when 'archivedAt' then (h.after #>> '{}')::timestamptz is not distinct from new.archived_at
                             else coalesce(h.after, 'null') = coalesce(f.becomes, 'null') end)
    limit 1;
    if found then
        raise exception 'deal % changes its % without a line in the history', new.id, untold using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
create constraint trigger deals_changed_need_history after update on deals
    deferrable initially deferred for each row
    when (old.title <> new.title or old.amount is distinct from new.amount or old.currency is distinct from new.currency
        or old.expected_close is distinct from new.expected_close or old.source is distinct from new.source or old.owner_id <> new.owner_id
        or old.product_id is distinct from new.product_id or old.lost_reason is distinct from new.lost_reason or old.void <> new.void
        or old.archived_at is distinct from new.archived_at)
    execute function deal_needs_history();

-- Arguments: the entity's name in the history, and the fields of which one must have been told.
create function needs_history() returns trigger language plpgsql as $$
declare
    key text := case tg_table_name
        when 'quote_lines' then concat_ws('/', coalesce(to_jsonb(new), to_jsonb(old)) ->> 'quote_id', coalesce(to_jsonb(new), to_jsonb(old)) ->> 'position')
        else coalesce(to_jsonb(new), to_jsonb(old)) ->> 'id' end;
begin
    if not exists (
        select from history h
        where h.entity = tg_argv[0] and h.entity_id = key and h.recorded_at = transaction_timestamp() and (tg_nargs = 1 or h.field = any(tg_argv[1:])))
    then
        raise exception '% % changes without a line in the history', tg_argv[0], key using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
create function customer_status_needs_history() returns trigger language plpgsql as $$
begin
    if not exists (
        select from history h
        where h.entity = 'customer' and h.entity_id = new.id::text and h.field in ('status', 'statusStage', 'statusSince', 'returning')
          and h.recorded_at = transaction_timestamp())
    then
        raise exception 'customer % changes its status without a line in the history', new.id using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
create constraint trigger customers_status_needs_history after update on customers
    deferrable initially deferred for each row
    when (old.status <> new.status or old.status_stage is distinct from new.status_stage or old.status_since is distinct from new.status_since
        or old.returning_customer <> new.returning_customer)
    execute function customer_status_needs_history();
create constraint trigger customers_changed_need_history after update on customers
    deferrable initially deferred for each row
    when (old.name <> new.name or old.type <> new.type or old.email is distinct from new.email or old.phone is distinct from new.phone
        or old.source is distinct from new.source or old.sector is distinct from new.sector or old.country is distinct from new.country
        or old.placeholder <> new.placeholder or old.referrer_id is distinct from new.referrer_id or old.archived_at is distinct from new.archived_at
        or old.external_key is distinct from new.external_key)
    execute function needs_history('customer', 'name', 'type', 'email', 'phone', 'source', 'sector', 'country', 'placeholder', 'referrerId', 'archivedAt', 'externalKey');

create constraint trigger contacts_need_history after insert or delete on contacts
    deferrable initially deferred for each row execute function needs_history('contact');
create constraint trigger contacts_changed_need_history after update on contacts
    deferrable initially deferred for each row
    when (old.customer_id <> new.customer_id or old.name <> new.name or old.email is distinct from new.email or old.phone is distinct from new.phone
        or old.decision_maker <> new.decision_maker)
    execute function needs_history('contact');
create constraint trigger payments_need_history after insert or update or delete on payments
    deferrable initially deferred for each row execute function needs_history('payment');
create constraint trigger quotes_need_history after insert or update or delete on quotes
    deferrable initially deferred for each row execute function needs_history('quote');
create constraint trigger quote_lines_need_history after insert or update or delete on quote_lines
    deferrable initially deferred for each row execute function needs_history('quoteLine');

-- What is kept for board and reports: the application's role reads it. Names of tables carry their schema, so that nobody puts others in their place.
create or replace function note_board_inserts() returns trigger language plpgsql security definer as $$
begin
    insert into public.board_deltas (stage, outcome, owner_id, currency, deals, amount)
    select stage, outcome, owner_id, case when amount is null then '   ' else currency end, count(*), sum(coalesce(amount, 0))
    from added where not void and archived_at is null
    group by 1, 2, 3, 4;
    return null;
end $$;
create or replace function note_board_updates() returns trigger language plpgsql security definer as $$
begin
    insert into public.board_deltas (stage, outcome, owner_id, currency, deals, amount)
    select stage, outcome, owner_id, currency, sum(sign), sum(sign * amount)
    from (select 1 as sign, stage, outcome, owner_id, case when amount is null then '   ' else currency end as currency, coalesce(amount, 0) as amount
          from after where not void and archived_at is null
          union all
          select -1, stage, outcome, owner_id, case when amount is null then '   ' else currency end, coalesce(amount, 0)
          from before where not void and archived_at is null) as both_sides
    group by 1, 2, 3, 4
    having sum(sign) <> 0 or sum(sign * amount) <> 0;
    return null;
end $$;
create or replace function note_funnel_change() returns trigger language plpgsql security definer as $$
begin
    insert into public.funnel_changed (deal_id) select id from changed;
    return null;
end $$;

-- Adds the board's noted differences up. One at a time over all nodes; who finds another at work leaves it to them.
create function fold_board_totals() returns void language sql security definer as $$
    with free as (select pg_try_advisory_xact_lock(7301) as it),
    gone as (delete from public.board_deltas where (select it from free) returning stage, outcome, owner_id, currency, deals, amount)
    insert into public.board_totals as t (stage, outcome, owner_id, currency, deals, amount)
    select stage, outcome, owner_id, currency, sum(deals), sum(amount) from gone group by 1, 2, 3, 4
    on conflict (stage, outcome, owner_id, currency) do update set deals = t.deals + excluded.deals, amount = t.amount + excluded.amount
$$;

-- Brings what reports keep of some changed deals up to date; answers how many. All parts of the statement see the same instant: a deal that
-- changes meanwhile is noted again, and stays noted.
create function fold_funnel(changes integer) returns integer language sql security definer as $$
    with gone as (delete from public.funnel_changed where ctid = any(array(select ctid from public.funnel_changed limit changes)) returning deal_id),
    deals_gone as materialized (select coalesce(array_agg(distinct deal_id), array[]::uuid[]) as ids from gone),
    old_entries as (delete from public.funnel_entries where deal_id = any((select ids from deals_gone)::uuid[])),
    old_spans as (delete from public.funnel_spans where deal_id = any((select ids from deals_gone)::uuid[])),
    new_entries as (insert into public.funnel_entries select * from public.funnel_entries_due where deal_id = any((select ids from deals_gone)::uuid[])),
    new_spans as (insert into public.funnel_spans select * from public.funnel_spans_due where deal_id = any((select ids from deals_gone)::uuid[]))
    select cardinality(ids) from deals_gone
$$;

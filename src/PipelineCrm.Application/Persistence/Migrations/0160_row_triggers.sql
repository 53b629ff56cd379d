-- What a write of one row sets off, cheaper (decision 21). A condition of a trigger is parsed again for every statement, a transition table is
-- made and read by a plan of its own: functions that ask themselves, row by row, cost a move half of that.

-- The number of a write: asked for by every row of the history and of the outbox.
create or replace function current_write() returns bigint language plpgsql as $$
declare
    known text := current_setting('pipelinecrm.write', true);
begin
    if coalesce(known, '') = '' then
        known := set_config('pipelinecrm.write', nextval('writes')::text, true);
    end if;
    return known::bigint;
end $$;

-- Board and reports.
drop trigger deals_note_updates on deals;
drop trigger deals_note_funnel_update on deals;
drop function note_board_updates();
create function note_deal_change() returns trigger language plpgsql security definer as $$
declare
    counted constant boolean := not old.void and old.archived_at is null;
    counts constant boolean := not new.void and new.archived_at is null;
begin
    insert into public.funnel_changed (deal_id) values (new.id);
    if counted is distinct from counts or old.stage <> new.stage or old.outcome <> new.outcome or old.owner_id <> new.owner_id
        or old.amount is distinct from new.amount or old.currency is distinct from new.currency
    then
        insert into public.board_deltas (stage, outcome, owner_id, currency, deals, amount)
        select side.stage, side.outcome, side.owner_id, case when side.amount is null then '   ' else side.currency end, side.sign, side.sign * coalesce(side.amount, 0)
        from (values (-1, counted, old.stage, old.outcome, old.owner_id, old.currency, old.amount), (1, counts, new.stage, new.outcome, new.owner_id, new.currency, new.amount))
            as side(sign, counts, stage, outcome, owner_id, currency, amount)
        where side.counts;
    end if;
    return null;
end $$;
create trigger deals_noted after update on deals for each row execute function note_deal_change();

-- The outbox. A deal tells its owner before and after: a change of hands concerns both.
drop trigger deals_outbox_update on deals;
create or replace function outbox_of_deals() returns trigger language plpgsql as $$
begin
    insert into outbox (subject, subject_id, deal_id, customer_id, owner_id, change, version)
    select 'deal', id::text, id, customer_id, owner_id, 1, version from after;
    return null;
end $$;
create function outbox_of_deals_change() returns trigger language plpgsql as $$
begin
    insert into outbox as o (subject, subject_id, deal_id, customer_id, owner_before, owner_id, change, version)
    values ('deal', new.id::text, new.id, new.customer_id, old.owner_id, new.owner_id, case when old.version = new.version then 4 else 2 end, new.version)
    on conflict (xid, subject, subject_id) do update
    set id = excluded.id, owner_id = excluded.owner_id, version = excluded.version, write_id = excluded.write_id, at = excluded.at,
        change = case when o.change = 4 then excluded.change else o.change end;
    return null;
end $$;
create trigger deals_outbox_update after update on deals for each row execute function outbox_of_deals_change();

-- Makes the three triggers of a table whose rows a page shows. What is asked for are SQL expressions over its row r; a column that no page
-- shows is named, so that writing it alone says nothing. Written twice in one transaction, a subject has one row still: the sum of both.
create or replace procedure append_to_outbox(
    of_table text, subject text, key text,
    deal text default 'null::uuid', customer text default 'null::uuid', owner text default 'null::uuid', version text default 'null::bigint', unshown text[] default '{}')
language plpgsql as $procedure$
declare
    same text := case when unshown = '{}' then 'old is not distinct from new'
        else format('to_jsonb(old) - %1$L::text[] = to_jsonb(new) - %1$L::text[]', unshown) end;
    columns text := 'insert into outbox as o (subject, subject_id, deal_id, customer_id, owner_before, owner_id, change, version)';
    again text := $$
        on conflict (xid, subject, subject_id) do update
        set id = excluded.id, owner_id = excluded.owner_id, version = excluded.version, write_id = excluded.write_id, at = excluded.at,
            change = case
                when o.change = 1 and excluded.change in (2, 4) or o.change = 2 and excluded.change = 4 then o.change
                when o.change = 3 and excluded.change = 1 then 2
                else excluded.change end $$;
    told text := format('select %L, %s, %s, %s', subject, key, deal, customer);
begin
    execute format($body$
        create or replace function %I() returns trigger language plpgsql as $function$
        begin
            if tg_op = 'INSERT' then
                %s %s, null, %s, 1, %s from after as r %s;
            else
                %2$s %3$s, %4$s, null, 3, %5$s from before as r %6$s;
            end if;
            return null;
        end $function$ $body$,
        'outbox_of_' || of_table, columns, told, owner, version, again);
    execute format($body$
        create or replace function %I() returns trigger language plpgsql as $function$
        declare
            r %I := old;
            version_before bigint;
        begin
            if %s then
                return null;
            end if;
            version_before := %s;
            r := new;
            %s %s, %7$s, %7$s, case when version_before = %4$s then 4 else 2 end, %4$s %8$s;
            return null;
        end $function$ $body$,
        'outbox_of_' || of_table || '_change', of_table, same, version, columns, told, owner, again);
    execute format('create or replace trigger %I after insert on %I referencing new table as after for each statement execute function %I()',
        of_table || '_outbox_insert', of_table, 'outbox_of_' || of_table);
    execute format('create or replace trigger %I after delete on %I referencing old table as before for each statement execute function %I()',
        of_table || '_outbox_delete', of_table, 'outbox_of_' || of_table);
    execute format('create or replace trigger %I after update on %I for each row execute function %I()',
        of_table || '_outbox_update', of_table, 'outbox_of_' || of_table || '_change');
end $procedure$;

call append_to_outbox('customers', 'customer', 'r.id::text', customer => 'r.id', version => 'r.version');
call append_to_outbox('contacts', 'contact', 'r.id::text', customer => 'r.customer_id', version => 'r.version');
call append_to_outbox('quotes', 'quote', 'r.id::text', 'r.deal_id',
    '(select d.customer_id from deals d where d.id = r.deal_id)', '(select d.owner_id from deals d where d.id = r.deal_id)');
call append_to_outbox('quote_lines', 'quoteLine', 'r.quote_id || ''/'' || r.position', '(select q.deal_id from quotes q where q.id = r.quote_id)',
    '(select d.customer_id from quotes q join deals d on d.id = q.deal_id where q.id = r.quote_id)',
    '(select d.owner_id from quotes q join deals d on d.id = q.deal_id where q.id = r.quote_id)');
call append_to_outbox('payments', 'payment', 'r.id::text', 'r.deal_id',
    '(select d.customer_id from deals d where d.id = r.deal_id)', '(select d.owner_id from deals d where d.id = r.deal_id)');
call append_to_outbox('refusals', 'refusal', 'r.id::text', 'r.deal_id', 'r.customer_id',
    'coalesce((select d.owner_id from deals d where d.id = r.deal_id), r.by_user)');
call append_to_outbox('products', 'product', 'r.id::text', version => 'r.version');
call append_to_outbox('codes', 'code', 'r.id::text');
call append_to_outbox('stages', 'stage', 'r.stage::text');
call append_to_outbox('rule_sets', 'ruleSet', 'r.version::text', version => 'r.version::bigint');
call append_to_outbox('rule_draft', 'ruleDraft', 'r.id::text', version => 'r.etag');
call append_to_outbox('teams', 'team', 'r.id::text', version => 'r.version');
call append_to_outbox('users', 'user', 'r.id::text', unshown => array[
    'password_hash', 'security_stamp', 'concurrency_stamp', 'normalized_email', 'user_name', 'normalized_user_name', 'email_confirmed',
    'lockout_end', 'lockout_enabled', 'access_failed_count', 'external_key', 'import_id']);
call append_to_outbox('api_tokens', 'apiToken', 'r.id::text', owner => 'r.user_id', unshown => array['hash', 'last_used_at']);
call append_to_outbox('settings', 'settings', 'r.id::text', unshown => array['setup_token_hash']);
call append_to_outbox('custom_fields', 'customField', 'r.key', version => 'r.version');
call append_to_outbox('saved_views', 'view', 'r.id::text', owner => 'case when not r.shared then r.owner_id end', version => 'r.version');

-- Facts and clock of a deal: one look at the end of the transaction, which asks for the transition and the lines of the history that are due.
drop trigger deals_moved_need_transition on deals;
drop trigger deals_changed_need_history on deals;
drop function deal_needs_history();
create function deal_is_accounted_for() returns trigger language plpgsql as $$
declare
    untold text;
begin
    if old.last_seq <> new.last_seq or old.stage <> new.stage or old.outcome <> new.outcome or old.void <> new.void
        or old.entered_stage_at <> new.entered_stage_at or old.stage_entry_known <> new.stage_entry_known
        or old.stopped_at is distinct from new.stopped_at or old.paused_seconds <> new.paused_seconds
        or old.won_at is distinct from new.won_at or old.closed_at is distinct from new.closed_at or old.furthest_stage <> new.furthest_stage
        or old.lost_reason is distinct from new.lost_reason or old.customer_id <> new.customer_id or old.cycle <> new.cycle
        or old.previous_deal_id is distinct from new.previous_deal_id or old.referred_by_deal_id is distinct from new.referred_by_deal_id
        or old.created_at <> new.created_at or old.import_id is distinct from new.import_id or old.external_key is distinct from new.external_key
    then
        if not exists (
            select from transitions t
            join deals d on d.id = t.deal_id and d.last_seq = t.seq
            where d.id = new.id and t.xid = pg_current_xact_id() and t.to_stage = d.stage and t.to_outcome = d.outcome)
        then
            raise exception 'deal % changes its stage or outcome without a transition', new.id using errcode = 'integrity_constraint_violation';
        end if;
    end if;
    if old.title <> new.title or old.amount is distinct from new.amount or old.currency is distinct from new.currency
        or old.expected_close is distinct from new.expected_close or old.source is distinct from new.source or old.owner_id <> new.owner_id
        or old.product_id is distinct from new.product_id or old.lost_reason is distinct from new.lost_reason or old.void <> new.void
        or old.archived_at is distinct from new.archived_at
    then
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
    end if;
    return null;
end $$;
create constraint trigger deals_accounted_for after update on deals
    deferrable initially deferred for each row execute function deal_is_accounted_for();

-- As of deals: what has changed of a customer is in the history, its status for itself.
drop trigger customers_status_needs_history on customers;
drop trigger customers_changed_need_history on customers;
drop function customer_status_needs_history();
create function customer_is_accounted_for() returns trigger language plpgsql as $$
declare
    changed constant text := case
        when old.status <> new.status then 'status'
        when old.status_stage is distinct from new.status_stage then 'statusStage'
        when old.status_since is distinct from new.status_since then 'statusSince'
        when old.returning_customer <> new.returning_customer then 'returning' end;
begin
    if changed is not null and not exists (
        select from history h
        where h.entity = 'customer' and h.entity_id = new.id::text and h.field = changed and h.recorded_at = transaction_timestamp())
    then
        raise exception 'customer % changes its status without a line in the history', new.id using errcode = 'integrity_constraint_violation';
    end if;
    if (old.name <> new.name or old.type <> new.type or old.email is distinct from new.email or old.phone is distinct from new.phone
            or old.source is distinct from new.source or old.sector is distinct from new.sector or old.country is distinct from new.country
            or old.placeholder <> new.placeholder or old.referrer_id is distinct from new.referrer_id or old.archived_at is distinct from new.archived_at
            or old.external_key is distinct from new.external_key)
        and not exists (
            select from history h
            where h.entity = 'customer' and h.entity_id = new.id::text and h.recorded_at = transaction_timestamp()
              and h.field in ('name', 'type', 'email', 'phone', 'source', 'sector', 'country', 'placeholder', 'referrerId', 'archivedAt', 'externalKey'))
    then
        raise exception 'customer % changes without a line in the history', new.id using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
create constraint trigger customers_accounted_for after update on customers
    deferrable initially deferred for each row execute function customer_is_accounted_for();

-- When it is recorded, the database says. What occurred earlier comes from files and the demo: channels 5 and 6.
drop trigger history_of_now on history;
drop trigger transitions_of_now on transitions;
create or replace function refuse_backdating() returns trigger language plpgsql as $$
begin
    if new.recorded_at = transaction_timestamp() and new.occurred_at <= new.recorded_at + interval '1 hour'
        and (new.occurred_at = new.recorded_at or new.channel in (5, 6))
    then
        return new;
    end if;
    raise exception '% is written at its own time: occurred %, recorded % refused', tg_table_name, new.occurred_at, new.recorded_at
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger history_of_now before insert on history for each row execute function refuse_backdating();
create trigger transitions_of_now before insert on transitions for each row execute function refuse_backdating();

-- The same text as before, put together once.
create or replace function transition_hash(previous bytea, t transitions) returns bytea language sql stable as $$
    select sha256(coalesce(previous, ''::bytea) || convert_to(left(jsonb_build_array(
        t.id, t.deal_id, t.seq, t.kind, t.imported_kind, t.from_stage, t.from_outcome, t.to_stage, t.to_outcome,
        extract(epoch from t.occurred_at), extract(epoch from t.recorded_at), t.by_user, t.channel, t.rule_set,
        t.conditions, t.override, t.reason_code, t.reason_text, t.idempotency_key, t.seconds_in_stage,
        t.counted_from, t.counted_to, t.before, t.undoes)::text, -1)
        || case when t.entry_known then '' else ', false' end
        || case when t.rule_set_hash is null then '' else ', "' || encode(t.rule_set_hash, 'hex') || '"' end || ']', 'UTF8'))
$$;

-- A transition continues the one before it: looked at where that one is read anyway. A key of the same name holds its deal and number.
create or replace function chain_transition() returns trigger language plpgsql as $$
declare
    previous record;
begin
    select p.hash, p.to_stage, p.to_outcome into previous from transitions p where p.deal_id = new.deal_id and p.seq = new.seq - 1;
    if new.seq > 1 and (not found or previous.to_stage <> new.from_stage or previous.to_outcome <> new.from_outcome) then
        raise exception 'transition % of deal % does not continue the one before it', new.seq, new.deal_id using errcode = 'integrity_constraint_violation';
    end if;
    if new.rule_set is not null then
        select r.hash into new.rule_set_hash from rule_sets r where r.version = new.rule_set;
    end if;
    new.hash := transition_hash(previous.hash, new);
    return new;
end $$;
create or replace function transition_continues() returns trigger language plpgsql as $$
begin
    if not exists (select from deals d where d.id = new.deal_id and d.last_seq >= new.seq) then
        raise exception 'transition % of deal % is not its deal''s last', new.seq, new.deal_id using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;

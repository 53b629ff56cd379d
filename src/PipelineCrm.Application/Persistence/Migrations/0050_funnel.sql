-- Whether the instant of the entry is that of the transition. False for an imported deal that was in its stage already, nobody knows since
-- when: it is counted there, but no time in that stage follows from it. The deal's row says so of the present stay only, the ledger of every one.
alter table transitions add column entry_known boolean not null default true;

-- The hash holds it where it is false, so that hashes made before stay as they are.
create or replace function transition_hash(previous bytea, t transitions) returns bytea language sql stable as $$
    select sha256(coalesce(previous, ''::bytea) || convert_to((jsonb_build_array(
        t.id, t.deal_id, t.seq, t.kind, t.imported_kind, t.from_stage, t.from_outcome, t.to_stage, t.to_outcome,
        extract(epoch from t.occurred_at), extract(epoch from t.recorded_at), t.by_user, t.channel, t.rule_set,
        t.conditions, t.override, t.reason_code, t.reason_text, t.idempotency_key, t.seconds_in_stage,
        t.counted_from, t.counted_to, t.before, t.undoes)
        || case when t.entry_known then '[]'::jsonb else '[false]'::jsonb end)::text, 'UTF8'))
$$;

-- What was won in a period: the summary of every funnel.
create index deals_won on deals (won_at) where won_at is not null;

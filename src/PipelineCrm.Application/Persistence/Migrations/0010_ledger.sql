-- Each transition carries a hash over its content and the hash of the one before it; the database makes it, whoever writes.
create function transition_hash(previous bytea, t transitions) returns bytea language sql stable as $$
    select sha256(coalesce(previous, ''::bytea) || convert_to(jsonb_build_array(
        t.id, t.deal_id, t.seq, t.kind, t.imported_kind, t.from_stage, t.from_outcome, t.to_stage, t.to_outcome,
        extract(epoch from t.occurred_at), extract(epoch from t.recorded_at), t.by_user, t.channel, t.rule_set,
        t.conditions, t.override, t.reason_code, t.reason_text, t.idempotency_key, t.seconds_in_stage,
        t.counted_from, t.counted_to, t.before, t.undoes)::text, 'UTF8'))
$$;

create function chain_transition() returns trigger language plpgsql as $$
begin
    new.hash := transition_hash(
        (select p.hash from transitions p where p.deal_id = new.deal_id and p.seq = new.seq - 1), new);
    return new;
end $$;
create trigger transitions_chained before insert on transitions for each row execute function chain_transition();

-- Which write of the deal a transition or a change belongs to: what came after the version that somebody saw.
alter table transitions add column version bigint;
alter table history add column deal_id uuid, add column version bigint;
create index history_deal on history (deal_id, version) where deal_id is not null;

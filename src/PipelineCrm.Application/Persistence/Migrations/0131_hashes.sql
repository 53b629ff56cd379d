-- What a verdict was judged by can be held against the ledger: each version of the rules carries a hash of its content, transitions and
-- refusals name the hash that was in force, and refusals are chained like transitions, each deal's (or customer's, where a deal was not
-- opened) for itself.
alter table rule_sets add column hash bytea;
create function rule_set_hash(r rule_sets) returns bytea language sql immutable as $$
    select sha256(convert_to(jsonb_build_array(r.version, r.content, extract(epoch from r.in_force_from))::text, 'UTF8'))
$$;
create function hash_rule_set() returns trigger language plpgsql as $$
begin
    new.hash := rule_set_hash(new);
    return new;
end $$;
alter table rule_sets disable trigger rule_sets_append_only;
update rule_sets r set hash = rule_set_hash(r);
alter table rule_sets enable trigger rule_sets_append_only;
alter table rule_sets alter column hash set not null;
create trigger rule_sets_hashed before insert on rule_sets for each row execute function hash_rule_set();

-- Null for what was written before this column was there; hashes made before stay as they are.
alter table transitions add column rule_set_hash bytea;
create or replace function transition_hash(previous bytea, t transitions) returns bytea language sql stable as $$
    select sha256(coalesce(previous, ''::bytea) || convert_to((jsonb_build_array(
        t.id, t.deal_id, t.seq, t.kind, t.imported_kind, t.from_stage, t.from_outcome, t.to_stage, t.to_outcome,
        extract(epoch from t.occurred_at), extract(epoch from t.recorded_at), t.by_user, t.channel, t.rule_set,
        t.conditions, t.override, t.reason_code, t.reason_text, t.idempotency_key, t.seconds_in_stage,
        t.counted_from, t.counted_to, t.before, t.undoes)
        || case when t.entry_known then '[]'::jsonb else '[false]'::jsonb end
        || case when t.rule_set_hash is null then '[]'::jsonb else jsonb_build_array(encode(t.rule_set_hash, 'hex')) end)::text, 'UTF8'))
$$;
create or replace function chain_transition() returns trigger language plpgsql as $$
begin
    new.rule_set_hash := (select r.hash from rule_sets r where r.version = new.rule_set);
    new.hash := transition_hash(
        (select p.hash from transitions p where p.deal_id = new.deal_id and p.seq = new.seq - 1), new);
    return new;
end $$;

alter table refusals add column rule_set_hash bytea, add column hash bytea;
create index refusals_customer on refusals (customer_id, id) where deal_id is null;
create function refusal_hash(previous bytea, r refusals) returns bytea language sql stable as $$
    select sha256(coalesce(previous, ''::bytea) || convert_to(jsonb_build_array(
        r.id, r.deal_id, r.customer_id, r.kind, r.to_place, extract(epoch from r.occurred_at), r.by_user, r.channel, r.rule_set, r.verdict,
        encode(r.rule_set_hash, 'hex'))::text, 'UTF8'))
$$;
create function previous_refusal(r refusals) returns bytea language plpgsql stable as $$
begin
    return case when r.deal_id is not null
        then (select p.hash from refusals p where p.deal_id = r.deal_id and p.id < r.id order by p.id desc limit 1)
        else (select p.hash from refusals p where p.deal_id is null and p.customer_id = r.customer_id and p.id < r.id order by p.id desc limit 1)
    end;
end $$;
create function chain_refusal() returns trigger language plpgsql as $$
begin
    new.rule_set_hash := (select r.hash from rule_sets r where r.version = new.rule_set);
    new.hash := refusal_hash(previous_refusal(new), new);
    return new;
end $$;
alter table refusals disable trigger refusals_append_only;
do $$
declare
    refusal refusals;
begin
    for refusal in select * from refusals order by id loop
        update refusals set hash = refusal_hash(previous_refusal(refusal), refusal) where id = refusal.id;
    end loop;
end $$;
alter table refusals enable trigger refusals_append_only;
alter table refusals alter column hash set not null;
create trigger refusals_chained before insert on refusals for each row execute function chain_refusal();

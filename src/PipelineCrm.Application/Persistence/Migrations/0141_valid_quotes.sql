-- A quote that has run out no longer opens Purchase: the default rules ask for one that is valid (fact quotes.valid).
-- Published as a new version where the untouched default rules are in force, and nowhere else; version 1 stays what it was.
with untouched as (
    select content from rule_sets
    where version = 1 and (select count(*) from rule_sets) = 1
      and content #> '{stages,purchase,enter}' = $old$
[{"key":"quote-or-decision-maker","any":[{"field":"quotes","op":"gte","value":1},{"field":"decisionMakers","op":"gte","value":1}],"mode":"block","message":{"en":"Add a quote, or mark one of the customer's contacts as the decision maker, to move on to Purchase.","zh-CN":"请先添加报价，或将客户的一位联系人标为决策人，再进入“购买”阶段。"},"overrideBy":[]}]
$old$::jsonb),
published as (
    insert into rule_sets (version, content, note, published_at, in_force_from)
    select 2, jsonb_set(content, '{stages,purchase,enter}', $new$
[{"key":"quote-or-decision-maker","any":[{"field":"quotes.valid","op":"gte","value":1},{"field":"decisionMakers","op":"gte","value":1}],"mode":"block","message":{"en":"Add a quote that is still valid, or mark one of the customer's contacts as the decision maker, to move on to Purchase.","zh-CN":"请先添加有效期内的报价，或将客户的一位联系人标为决策人，再进入“购买”阶段。"},"overrideBy":[]}]
$new$::jsonb), 'Default rules: a quote counts while it is valid', now(), now()
    from untouched
    returning content)
update rule_draft d set content = p.content, based_on = 2, etag = d.etag + 1, changed_at = now()
from published p, untouched u where d.content = u.content;

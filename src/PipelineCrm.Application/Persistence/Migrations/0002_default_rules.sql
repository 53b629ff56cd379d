-- The default rules, in force from the beginning of time. Domain/DefaultRules.cs says the same.
insert into rule_sets (version, content, note, published_at, in_force_from) values (1, $rules$
{
  "moves": [
    {"kind":"create","from":null,"to":"awareness","roles":["rep","manager","admin"],"require":[]},
    {"kind":"create","from":null,"to":"consideration","roles":["rep","manager","admin"],"require":[]},
    {"kind":"advance","from":"awareness","to":"consideration","roles":["rep","manager","admin"],"require":[]},
    {"kind":"advance","from":"consideration","to":"decision","roles":["rep","manager","admin"],"require":[]},
    {"kind":"advance","from":"decision","to":"purchase","roles":["rep","manager","admin"],"require":[]},
    {"kind":"advance","from":"purchase","to":"postPurchase","roles":["rep","manager","admin"],"require":[]},
    {"kind":"back","from":"consideration","to":"awareness","roles":["rep","manager","admin"],"require":[{"key":"back-reason","all":[{"field":"reason.text","op":"filled"}],"mode":"block","message":{"en":"Say in a sentence why the deal goes back.","zh-CN":"请用一句话说明退回的原因。"},"overrideBy":[]}]},
    {"kind":"back","from":"decision","to":"awareness","roles":["rep","manager","admin"],"require":[{"key":"back-reason","all":[{"field":"reason.text","op":"filled"}],"mode":"block","message":{"en":"Say in a sentence why the deal goes back.","zh-CN":"请用一句话说明退回的原因。"},"overrideBy":[]}]},
    {"kind":"back","from":"decision","to":"consideration","roles":["rep","manager","admin"],"require":[{"key":"back-reason","all":[{"field":"reason.text","op":"filled"}],"mode":"block","message":{"en":"Say in a sentence why the deal goes back.","zh-CN":"请用一句话说明退回的原因。"},"overrideBy":[]}]},
    {"kind":"back","from":"purchase","to":"awareness","roles":["rep","manager","admin"],"require":[{"key":"back-reason","all":[{"field":"reason.text","op":"filled"}],"mode":"block","message":{"en":"Say in a sentence why the deal goes back.","zh-CN":"请用一句话说明退回的原因。"},"overrideBy":[]}]},
    {"kind":"back","from":"purchase","to":"consideration","roles":["rep","manager","admin"],"require":[{"key":"back-reason","all":[{"field":"reason.text","op":"filled"}],"mode":"block","message":{"en":"Say in a sentence why the deal goes back.","zh-CN":"请用一句话说明退回的原因。"},"overrideBy":[]}]},
    {"kind":"back","from":"purchase","to":"decision","roles":["rep","manager","admin"],"require":[{"key":"back-reason","all":[{"field":"reason.text","op":"filled"}],"mode":"block","message":{"en":"Say in a sentence why the deal goes back.","zh-CN":"请用一句话说明退回的原因。"},"overrideBy":[]}]},
    {"kind":"back","from":"postPurchase","to":"awareness","roles":["rep","manager","admin"],"require":[{"key":"back-reason","all":[{"field":"reason.text","op":"filled"}],"mode":"block","message":{"en":"Say in a sentence why the deal goes back.","zh-CN":"请用一句话说明退回的原因。"},"overrideBy":[]}]},
    {"kind":"back","from":"postPurchase","to":"consideration","roles":["rep","manager","admin"],"require":[{"key":"back-reason","all":[{"field":"reason.text","op":"filled"}],"mode":"block","message":{"en":"Say in a sentence why the deal goes back.","zh-CN":"请用一句话说明退回的原因。"},"overrideBy":[]}]},
    {"kind":"back","from":"postPurchase","to":"decision","roles":["rep","manager","admin"],"require":[{"key":"back-reason","all":[{"field":"reason.text","op":"filled"}],"mode":"block","message":{"en":"Say in a sentence why the deal goes back.","zh-CN":"请用一句话说明退回的原因。"},"overrideBy":[]}]},
    {"kind":"back","from":"postPurchase","to":"purchase","roles":["rep","manager","admin"],"require":[{"key":"back-reason","all":[{"field":"reason.text","op":"filled"}],"mode":"block","message":{"en":"Say in a sentence why the deal goes back.","zh-CN":"请用一句话说明退回的原因。"},"overrideBy":[]}]},
    {"kind":"lose","from":"awareness","to":"lost","roles":["rep","manager","admin"],"require":[{"key":"loss-reason","all":[{"field":"reason.code","op":"filled"}],"mode":"block","message":{"en":"Choose the reason why the deal is lost.","zh-CN":"请选择输单原因。"},"overrideBy":[]}]},
    {"kind":"lose","from":"consideration","to":"lost","roles":["rep","manager","admin"],"require":[{"key":"loss-reason","all":[{"field":"reason.code","op":"filled"}],"mode":"block","message":{"en":"Choose the reason why the deal is lost.","zh-CN":"请选择输单原因。"},"overrideBy":[]}]},
    {"kind":"lose","from":"decision","to":"lost","roles":["rep","manager","admin"],"require":[{"key":"loss-reason","all":[{"field":"reason.code","op":"filled"}],"mode":"block","message":{"en":"Choose the reason why the deal is lost.","zh-CN":"请选择输单原因。"},"overrideBy":[]}]},
    {"kind":"lose","from":"purchase","to":"lost","roles":["rep","manager","admin"],"require":[{"key":"loss-reason","all":[{"field":"reason.code","op":"filled"}],"mode":"block","message":{"en":"Choose the reason why the deal is lost.","zh-CN":"请选择输单原因。"},"overrideBy":[]}]},
    {"kind":"reopen","from":"lost","to":"awareness","roles":["rep","manager","admin"],"require":[]},
    {"kind":"reopen","from":"lost","to":"consideration","roles":["rep","manager","admin"],"require":[]},
    {"kind":"reopen","from":"lost","to":"decision","roles":["rep","manager","admin"],"require":[]},
    {"kind":"reopen","from":"lost","to":"purchase","roles":["rep","manager","admin"],"require":[]},
    {"kind":"reopen","from":"lost","to":"postPurchase","roles":["rep","manager","admin"],"require":[]},
    {"kind":"complete","from":"postPurchase","to":"completed","roles":["rep","manager","admin"],"require":[]},
    {"kind":"repurchase","from":"postPurchase","to":"consideration","roles":["rep","manager","admin"],"require":[]},
    {"kind":"repurchase","from":"completed","to":"consideration","roles":["rep","manager","admin"],"require":[]},
    {"kind":"refer","from":"purchase","to":"awareness","roles":["rep","manager","admin"],"require":[{"key":"referred-customer","all":[{"field":"customerId","op":"filled"}],"mode":"block","message":{"en":"Choose the customer who was referred.","zh-CN":"请选择被推荐的客户。"},"overrideBy":[]}]},
    {"kind":"refer","from":"postPurchase","to":"awareness","roles":["rep","manager","admin"],"require":[{"key":"referred-customer","all":[{"field":"customerId","op":"filled"}],"mode":"block","message":{"en":"Choose the customer who was referred.","zh-CN":"请选择被推荐的客户。"},"overrideBy":[]}]},
    {"kind":"refer","from":"completed","to":"awareness","roles":["rep","manager","admin"],"require":[{"key":"referred-customer","all":[{"field":"customerId","op":"filled"}],"mode":"block","message":{"en":"Choose the customer who was referred.","zh-CN":"请选择被推荐的客户。"},"overrideBy":[]}]}
  ],
  "stages": {
    "awareness": {"enter":[],"leave":[],"maxDays":14},
    "consideration": {"enter":[],"leave":[],"maxDays":30},
    "decision": {"enter":[{"key":"decision-basics","all":[{"field":"amount","op":"filled"},{"field":"expectedClose","op":"filled"}],"mode":"block","message":{"en":"Fill in the amount and the expected close date to move on to Decision.","zh-CN":"请填写金额和预计成交日期，再进入“决策”阶段。"},"overrideBy":[]}],"leave":[],"maxDays":21},
    "purchase": {"enter":[{"key":"quote-or-decision-maker","any":[{"field":"quotes","op":"gte","value":1},{"field":"decisionMakers","op":"gte","value":1}],"mode":"block","message":{"en":"Add a quote, or mark one of the customer's contacts as the decision maker, to move on to Purchase.","zh-CN":"请先添加报价，或将客户的一位联系人标为决策人，再进入“购买”阶段。"},"overrideBy":[]}],"leave":[],"maxDays":14},
    "postPurchase": {"enter":[{"key":"paid-in-full","all":[{"field":"payments","op":"gte","value":{"field":"amount"}}],"mode":"block","message":{"en":"Record payments that cover the amount to move on to Post-purchase. A manager may decide otherwise.","zh-CN":"请登记足额付款后再进入“购后”阶段；经理可酌情放行。"},"overrideBy":["manager","admin"]}],"leave":[],"maxDays":60}
  }
}
$rules$, 'Default rules', now(), '-infinity');

using System.Globalization;
using static PipelineCrm.Domain.FactSubject;
using static PipelineCrm.Domain.FactType;

namespace PipelineCrm.Domain;

/// <summary>
/// Every fact that the product knows by itself, one entry a fact: rules, filters, lists, forms, files, history and API take it from here.
/// What is new in it needs nothing else but, where it is stored, the migration of its column.
/// </summary>
public static class BuiltInFacts
{
    private const string Quoted = "from quotes q where q.deal_id = d.id and q.withdrawn_at is null";

    /// <summary>Money that came: a payment whose day lies ahead is only announced.</summary>
    private const string Paid =
        "from payments p where p.deal_id = d.id and p.withdrawn_at is null and (p.paid_at is null or p.paid_at <= {today})";

    public static readonly IReadOnlyList<FactDefinition> All =
    [
        // What people write of a deal, and a move may bring.
        Content(FieldKey.Title, Deal, Text, ("Title", "商机名称"), "title") with
        {
            Ask = ("Give the deal a title", "请填写商机名称"), Required = true, MaxLength = 200, Sort = Words("d.title"),
        },
        Content(FieldKey.Amount, Deal, FactType.Money, ("Amount", "金额"), "amount") with
        {
            Ask = ("Enter the amount", "请填写金额"), CurrencyKey = FieldKey.Currency, Sort = new("d.amount", "numeric"),
        },
        Content(FieldKey.Currency, Deal, Choice, ("Currency", "币种"), "currency") with { Choices = ChoiceSource.Currencies,
            Sort = new("d.currency", "text") },
        Content(FieldKey.ExpectedClose, Deal, Date, ("Expected close", "预计成交日"), "expected_close") with
        {
            Ask = ("Give an expected close date", "请填写预计成交日"), LiesAhead = true, Sort = new("d.expected_close", "date"),
        },
        Content(FieldKey.Source, Deal, Choice, ("Source", "来源"), "source") with
        {
            Ask = ("Choose a source", "请选择来源"), Choices = ChoiceSource.Codes("source"), Sort = new("d.source", "text"),
        },
        Content(FieldKey.OwnerId, Deal, User, ("Owner", "负责人"), "owner_id") with
        {
            Ask = ("Choose an owner", "请选择负责人"), Required = true, Choices = ChoiceSource.Users, Import = "owner",
            Sort = Words("o.display_name"),
        },

        // Where it stands.
        new(FieldKey.Cycle, Deal, Count, ("Cycle", "轮次"), "d.cycle") { AtFirst = one => Number(one.Cycle),
            Sort = new("d.cycle", "numeric") },
        new(FieldKey.DaysInStage, Deal, FactType.Number, ("Days in stage", "阶段停留天数"),
            "greatest(0, floor(extract(epoch from coalesce(d.stopped_at, {now}) - d.entered_stage_at) - d.paused_seconds)::bigint / 86400)")
        {
            Unit = "days", Known = "d.stage_entry_known", AtFirst = _ => Fact.Unknown,
        },
        new("stage", Deal, Choice, ("Stage", "阶段"), "d.stage")
        {
            Choices = Numbered<Stage>([("Awareness", "认知"), ("Consideration", "考虑"), ("Decision", "决策"), ("Purchase", "购买"),
                ("Post-purchase", "购后")]),
            AtFirst = one => Fact.Of(one.Stage.ToWire()), Sort = new("d.stage", "numeric"),
        },
        new("outcome", Deal, Choice, ("Outcome", "结果"), "d.outcome")
        {
            Choices = Numbered<Outcome>([("Open", "进行中"), ("Lost", "丢单"), ("Completed", "已完成")]),
            AtFirst = _ => Fact.Of(Outcome.Open.ToWire()), Sort = new("d.outcome", "numeric"),
        },
        Day("createdAt", Deal, ("Opened on", "建立日期"), "d.created_at") with { AtFirst = one => Fact.Of((DateOnly?)one.Today) },
        Day("wonAt", Deal, ("Won on", "成交日期"), "d.won_at"),
        Day("closedAt", Deal, ("Closed on", "结束日期"), "d.closed_at"),
        new("lostReason", Deal, Choice, ("Loss reason", "丢单原因"), "d.lost_reason")
        {
            Choices = ChoiceSource.Codes("loss"), AtFirst = _ => Fact.Empty, InHistory = true, Sort = new("d.lost_reason", "text"),
        },

        // What belongs to it.
        Counted(FieldKey.Quotes, Deal, ("Quotes", "报价数"), $"(select count(*) {Quoted})"),
        Counted(FieldKey.ValidQuotes, Deal, ("Valid quotes", "有效报价数"),
            $"(select count(*) {Quoted} and (q.valid_until is null or q.valid_until >= {{today}}))"),
        new(FieldKey.MaxDiscount, Deal, FactType.Number, ("Highest discount, %", "最高折扣（%）"),
            $"(select max(l.discount_percent) from quote_lines l where l.quote_id in (select q.id {Quoted}))")
        {
            Unit = "percent", AtFirst = _ => Fact.Empty,
        },
        new(FieldKey.Payments, Deal, FactType.Money, ("Payments", "已付款"),
            $"coalesce((select sum(p.amount) {Paid} and p.currency = d.currency), 0)")
        {
            CurrencySql = "d.currency", Known = $"(d.currency is not null or not exists (select {Paid}))",
            AtFirst = one => NothingPaid(one.Content),
        },
        Counted(FieldKey.PaymentCount, Deal, ("Number of payments", "付款笔数"), $"(select count(*) {Paid})"),

        // The customer.
        Content(FieldKey.CustomerName, Customer, Text, ("Customer’s name", "客户名称"), "name") with
        {
            ShortName = ("Name", "名称"), Required = true, MaxLength = 200, Personal = true, Sort = Words("c.name"),
        },
        Content(FieldKey.CustomerType, Customer, Choice, ("Customer type", "客户类型"), "type") with
        {
            ShortName = ("Type", "类型"), Required = true, Default = Fact.Of(CustomerType.Organisation.ToWire()),
            Choices = Numbered<CustomerType>([("Person", "个人"), ("Organisation", "组织")]),
            Sort = new("c.type", "numeric"),
        },
        Content(FieldKey.CustomerEmail, Customer, Text, ("Customer’s e-mail", "客户邮箱"), "email") with { ShortName = ("E-mail", "邮箱"),
            Form = TextForm.Email, MaxLength = 254, Personal = true },
        Content(FieldKey.CustomerPhone, Customer, Text, ("Customer’s phone", "客户电话"), "phone") with { ShortName = ("Phone", "电话"),
            Form = TextForm.Phone, MaxLength = 50, Personal = true },
        Content("customer.source", Customer, Choice, ("Customer’s source", "客户来源"), "source") with
        {
            ShortName = ("Source", "来源"), Choices = ChoiceSource.Codes("source"), Sort = new("c.source", "text"),
        },
        Content("customer.sector", Customer, Text, ("Sector", "行业"), "sector") with { Writable = false, MaxLength = 100,
            Sort = Words("c.sector") },
        Content("customer.country", Customer, Text, ("Country", "国家/地区"), "country") with { Writable = false, MaxLength = 100,
            Sort = Words("c.country") },
        Counted(FieldKey.Contacts, Customer, ("Contacts", "联系人数"), "(select count(*) from contacts x where x.customer_id = c.id)"),
        Counted(FieldKey.DecisionMakers, Customer, ("Decision makers", "决策人数"),
            "(select count(*) from contacts x where x.customer_id = c.id and x.decision_maker)"),
        new(FieldKey.CustomerStatus, Customer, Choice, ("Purchase status", "购买状态"), "case when not c.placeholder then c.status end")
        {
            Choices = Numbered<PurchaseStatus>(
                [("None", "暂无"), ("Awareness", "认知"), ("Consideration", "考虑"), ("Decision", "决策"), ("Purchase", "购买"),
                    ("Post-purchase", "购后"), ("Lost", "丢单")]),
            AtFirst = _ => Fact.Of(PurchaseStatus.None.ToWire()), InHistory = true, Sort = new("c.status", "numeric"),
        },
        new("customer.returning", Customer, Flag, ("Returning customer", "老客户"), "c.returning_customer") { AtFirst = _ => Fact.Of(false),
            InHistory = true },
        Day("customer.createdAt", Customer, ("Customer since", "客户建立日期"),
            "c.created_at") with { AtFirst = one => Fact.Of((DateOnly?)one.Today) },

        // What only a request says.
        new(FieldKey.ReasonCode, Deal, Choice, ("Reason", "原因"), "")
        {
            Ask = ("Choose a reason", "请选择原因"), Choices = ChoiceSource.Codes("loss"), AtFirst = _ => Fact.Empty,
            Brings = MoveInputKind.Reason,
        },
        new(FieldKey.ReasonText, Deal, Text, ("Explanation", "说明"), "")
        {
            Ask = ("Explain it in a few words", "请简要说明"), AtFirst = _ => Fact.Empty, Brings = MoveInputKind.Reason, MaxLength = 2000,
        },
        new(FieldKey.CustomerId, Deal, Choice, ("Referred customer", "被推荐的客户"), "")
        {
            Choices = ChoiceSource.Customers, AtFirst = _ => Fact.Empty, Brings = MoveInputKind.Referred,
        },
    ];

    /// <summary>A column that people write.</summary>
    private static FactDefinition Content(string key, FactSubject subject, FactType type, LocalizedText name, string column) =>
        new(key, subject, type, name, $"{(subject == Deal ? "d" : "c")}.{column}")
        {
            Column = column,
            Writable = true,
            Brings = subject == Deal ? MoveInputKind.Field : MoveInputKind.Never,
            Import = key.Replace("customer.", "", StringComparison.Ordinal),
            InHistory = true,
        };

    /// <summary>The day of an instant.</summary>
    private static FactDefinition Day(string key, FactSubject subject, LocalizedText name, string column) =>
        new(key, subject, Date, name, $"({column} at time zone {{zone}})::date")
        {
            AtFirst = _ => Fact.Empty,
            Sort = new(column, "timestamptz")
        };

    private static FactDefinition Counted(string key, FactSubject subject, LocalizedText name, string sql) =>
        new(key, subject, Count, name, sql) { AtFirst = _ => Number(0) };

    private static FactOrder Words(string sql) => new($"{sql} {NameOrder.Sql}", "text");

    private static Fact Number(decimal number) => Fact.Of((decimal?)number);

    private static Fact NothingPaid(FactValues content) => content.Text(FieldKey.Currency) is { } currency ? Fact.Of(new Money(0, currency))
        : Number(0);

    private static ChoiceSource Numbered<T>(IReadOnlyList<LocalizedText> names) where T : struct, Enum =>
        ChoiceSource.Of([.. Enum.GetValues<T>()
            .Zip(names, (value, name) => new ListedChoice(value.ToWire(), name, Convert.ToInt16(value, CultureInfo.InvariantCulture)))]);
}

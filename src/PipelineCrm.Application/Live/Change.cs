using PipelineCrm.Common;

namespace PipelineCrm.Live;

/// <summary>Something that was written and that whoever follows may see. What it is now is read anew, by the rights of that moment.</summary>
/// <param name="Number">Grows with the changes of one subject.</param>
/// <param name="Subject">One of <see cref="Subjects"/>.</param>
/// <param name="Version">That it was written with; null for what has none.</param>
/// <param name="Write">The same for all that one transaction wrote.</param>
public sealed record Change(long Number, string Subject, string SubjectId, DealId? Deal, CustomerId? Customer, ChangeKind Kind, long? Version, long Write);

/// <summary>What happened to it; the numbers stand in the database.</summary>
public enum ChangeKind
{
    Added = 1,
    Changed = 2,
    Removed = 3,

    /// <summary>Its version stayed: a deal has another place in its column, a customer another status.</summary>
    Touched = 4,
}

/// <summary>Of what there are changes. Their names stand in the database's triggers.</summary>
public static class Subjects
{
    public const string ApiToken = "apiToken";
    public const string Code = "code";
    public const string Contact = "contact";
    public const string Customer = "customer";
    public const string Deal = "deal";
    public const string Payment = "payment";
    public const string Product = "product";
    public const string Quote = "quote";
    public const string QuoteLine = "quoteLine";
    public const string Refusal = "refusal";
    public const string RuleDraft = "ruleDraft";
    public const string RuleSet = "ruleSet";
    public const string Settings = "settings";
    public const string Stage = "stage";
    public const string Team = "team";
    public const string User = "user";
}

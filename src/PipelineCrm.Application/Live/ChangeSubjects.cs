namespace PipelineCrm.Live;

/// <summary>Of what there are changes. Their names stand in the database's triggers.</summary>
public static class ChangeSubjects
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

using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;
using PipelineCrm.Domain;

namespace PipelineCrm.Localization;

/// <summary>Sentences about rule sets, in the language of the current UI culture.</summary>
internal static class RuleMessages
{
    public static readonly ResourceManager Resources = new(typeof(RuleMessages));

    public static string DraftChanged => Get();

    public static string PublishAtNotYet => Get();

    public static string NothingChanged => Get();

    public static string Invalid => Get();

    public static string FilterShape => string.Format(CultureInfo.CurrentCulture, Get());

    public static string FilterTooLong(int kilobytes) => string.Format(CultureInfo.CurrentCulture, Get(), kilobytes);

    public static string FilterTooMany(int most) => string.Format(CultureInfo.CurrentCulture, Get(), most);

    /// <summary>The sentence for one flaw.</summary>
    public static string Of(RuleIssue flaw) => flaw is { Kind: RuleIssueKind.UnknownCurrency, About: { } currency }
        ? FieldMessages.CurrencyUnknown(currency)
        : string.Format(CultureInfo.CurrentCulture, Get(Key(flaw)), About(flaw), Limit(flaw), Money.Limit);

    /// <summary>The sentence for one doubt.</summary>
    public static Rules.LintMessage Of(RuleWarning doubt) =>
        new(doubt.Path, doubt.Kind.ToWire(), string.Format(CultureInfo.CurrentCulture, Get("Doubt" + doubt.Kind), doubt.About));

    /// <summary>All flaws by their path.</summary>
    public static Problem Problem(IReadOnlyList<RuleIssue> flaws) => new(ProblemCode.Validation, Invalid)
    {
        Errors = flaws.GroupBy(flaw => flaw.Path).ToDictionary(at => at.Key, at => at.Select(Of).Distinct().ToArray()),
    };

    /// <summary>A wrong value is about the kind of value that is asked for.</summary>
    private static string Key(RuleIssue flaw) => flaw.Kind == RuleIssueKind.BadValue ? $"FlawBadValue.{flaw.About}" : "Flaw" + flaw.Kind;

    /// <summary>A missing message is about its language, which has a name.</summary>
    private static string? About(RuleIssue flaw) => flaw.Kind == RuleIssueKind.MissingMessage ? Get("Language." + flaw.About) : flaw.About;

    private static int Limit(RuleIssue flaw) => flaw.Kind switch
    {
        RuleIssueKind.TooMany => RuleSetValidator.MaxConditions,
        RuleIssueKind.BadValue when flaw.About == nameof(OperandKind.Texts) => RuleSetValidator.MaxConditions,
        RuleIssueKind.BadValue when flaw.About is nameof(OperandKind.Text) or nameof(OperandKind.Pattern) => ConditionValidator.TextLength,
        RuleIssueKind.MissingMessage => RuleSetValidator.MessageLength,
        RuleIssueKind.BadKey => RuleSetValidator.KeyLength,
        _ => RuleSetValidator.MaxDays,
    };

    private static string Get([CallerMemberName] string key = "") =>
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
}

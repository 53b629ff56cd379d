using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineCrm.Domain;
using PipelineCrm.Localization;

namespace PipelineCrm.Persistence.Catalogue;

/// <summary>Conditions that a list was asked for, read from JSON and found sound.</summary>
internal sealed record FactFilter(Condition Root)
{
    public const int MaxBytes = 8192;
    public const int MaxConditions = 50;
    public const string Parameter = "filter";

    /// <summary>The chips of a list are one group, each of them may be another, with groups in it.</summary>
    private const int Depth = 2;

    private static readonly JsonSerializerOptions Strict = new(WireNames.Json)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
    };

    /// <summary>Null where nothing is asked. What is wrong is told at <see cref="Parameter"/>, with the place in the JSON.</summary>
    /// <param name="subject">What the list is of: of customers nothing is asked about their deals.</param>
    public static Result<FactFilter?> Parse(string? json, FactCatalog catalog, FactSubject subject)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return Result<FactFilter?>.Of(null);
        }

        if (Encoding.UTF8.GetByteCount(json) > MaxBytes)
        {
            return ValidationProblem.ForField(Parameter, RuleMessages.FilterTooLong(MaxBytes / 1024));
        }

        try
        {
            return JsonSerializer.Deserialize<Condition>(json, Strict) is { Field: null, Op: null, Value: null } root
                ? Checked(root, catalog, subject)
                : ValidationProblem.ForField(Parameter, RuleMessages.FilterShape);
        }
        catch (JsonException)
        {
            return ValidationProblem.ForField(Parameter, RuleMessages.FilterShape);
        }
    }

    private static Result<FactFilter?> Checked(Condition root, FactCatalog catalog, FactSubject subject)
    {
        if (Leaves(root) > MaxConditions)
        {
            return ValidationProblem.ForField(Parameter, RuleMessages.FilterTooMany(MaxConditions));
        }

        var flaws = new ConditionValidator(catalog, MaxConditions, subject, forDatabase: true, Depth).Group(root.All, root.Any, "").ToList();
        return flaws.Count == 0
            ? Result<FactFilter?>.Of(new FactFilter(root))
            : ValidationProblem.ForFields(new Dictionary<string, string[]> { [Parameter] = [.. flaws.Select(Sentence).Distinct()] });
    }

    private static string Sentence(RuleIssue flaw) =>
        flaw.Path.Length == 0 ? RuleMessages.Of(flaw) : string.Create(CultureInfo.CurrentCulture, $"{flaw.Path}: {RuleMessages.Of(flaw)}");

    private static int Leaves(Condition? condition) => condition is null ? 1
        : condition.All is null && condition.Any is null ? 1
        : (condition.All ?? []).Concat(condition.Any ?? []).Sum(Leaves);
}

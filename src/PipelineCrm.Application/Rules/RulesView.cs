using System.Text.Json.Serialization;
using PipelineCrm.Domain;

namespace PipelineCrm.Rules;

/// <summary>A rule set as it is read.</summary>
/// <param name="Version">Null for the draft.</param>
/// <param name="BasedOn">Of a draft: the version it started from; else the version itself.</param>
/// <param name="Etag">Of a draft: what saving it has to name; changes with every save by anybody.</param>
/// <param name="Note">Of a version: its author's comment.</param>
/// <param name="By">Who published the version or last saved the draft; null for the first version and an untouched draft.</param>
public sealed record RulesView(
    RuleSet Rules,
    int? Version,
    int BasedOn,
    string Etag,
    bool InForce,
    string? Note,
    UserId? By,
    string? ByName,
    DateTimeOffset? At);

/// <summary>A published version in the list of versions.</summary>
public sealed record RuleVersionView(int Version, string Note, UserId? By, string? ByName, DateTimeOffset PublishedAt, bool InForce);

/// <summary>Something that a rule set lets happen and that its author may not have meant.</summary>
/// <param name="Path">As in <c>stages.decision.enter[0]</c>.</param>
public sealed record LintMessage(string Path, string Code, string Message);

/// <summary>A field that conditions may ask about, with the values that a pick list offers.</summary>
/// <param name="Choices">Null where anything may be written.</param>
public sealed record RuleField(string Key, FactType Type, IReadOnlyList<string> Operators, bool Fillable,
    IReadOnlyList<RuleChoice>? Choices)
{
    /// <summary>What pages call it.</summary>
    [JsonIgnore]
    public LocalizedText Name { get; init; } = (Key, Key);
}

/// <summary>One value of a pick list, in both languages.</summary>
public sealed record RuleChoice(string Value, string NameEn, string NameZh);

using System.Globalization;
using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <param name="Message">In the caller's language.</param>
internal sealed record ConditionBody(
    string Rule, string Field, string Operator, JsonElement? Wanted, JsonElement? Found, Truth Result, RequirementMode Mode,
    string? Message, IReadOnlyList<Role> OverrideBy)
{
    /// <summary>Without shadow conditions: the mover never sees them.</summary>
    public static IReadOnlyList<ConditionBody> Shown(IEnumerable<ConditionResult> conditions) =>
        [.. conditions.Where(condition => condition.Mode != RequirementMode.Shadow).Select(From)];

    private static ConditionBody From(ConditionResult condition) => new(
        condition.Rule, condition.Field, condition.Operator, condition.Wanted, condition.Found, condition.Result, condition.Mode,
        Spoken(condition.Message), condition.OverrideBy);

    private static string? Spoken(IReadOnlyDictionary<string, string> message) =>
        message.GetValueOrDefault(CultureInfo.CurrentUICulture.Name) ?? message.GetValueOrDefault("en") ?? message.Values.FirstOrDefault();
}

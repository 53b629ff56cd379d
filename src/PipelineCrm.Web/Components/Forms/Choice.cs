using PipelineCrm.Access;
using PipelineCrm.Organisation;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Forms;

/// <summary>One entry of a list to choose from.</summary>
public sealed record Choice(string Value, string Text);

internal static class Choices
{
    /// <param name="chosen">Stays on the list though it is no longer in use, since it is what the record says.</param>
    public static IReadOnlyList<Choice> Of(IReadOnlyList<CodeView>? codes, string? chosen = null) =>
        [.. (codes ?? []).Where(code => code.Active || code.Code == chosen)
            .Select(code => new Choice(code.Code, Formats.Localized(code.Name)))];

    /// <summary>Only who may be given a deal.</summary>
    public static IReadOnlyList<Choice> OfOwners(IReadOnlyList<UserSummary>? people) =>
        [.. (people ?? []).Where(person => person.MayBeGiven).Select(person => new Choice(person.Id.ToString(), person.DisplayName))];
}

using PipelineCrm.CustomFields;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <param name="Key">Stays for good, like subject and type.</param>
/// <param name="Choices">For choice and choices; in a change all of them, one that is left out is offered no longer.</param>
/// <param name="Version">Of a change: that the caller has seen; may be left out.</param>
internal sealed record CustomFieldBody(
    FactSubject? Subject, string? Key, FactType? Type, LocalizedText? Name, IReadOnlyList<CustomChoice>? Choices, int? Position,
    bool? Retired, long? Version)
{
    public AddCustomField.Command Add() => new(Subject ?? 0, Key ?? "", Type ?? 0, Name, Choices, Position, Retired ?? false);

    public ChangeCustomField.Command Change(string key) =>
        new(key, Name, Choices, Position, Retired, Version) { Subject = Subject, Type = Type, NewKey = Key };
}

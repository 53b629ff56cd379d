using Microsoft.Extensions.Localization;
using PipelineCrm.Catalog;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Shared;
using PipelineCrm.Web.Texts;

namespace PipelineCrm.Web.Components.Analytics;

/// <summary>How a file tells what pages tell: stages, outcomes and sources in the reader's language, instants in the organisation's zone, where days and periods are counted.</summary>
internal sealed class FileWords(OrganisationView organisation, Codes codes, IStringLocalizer<FunnelText> texts)
{
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(organisation.TimeZone);

    public static async Task<FileWords> Read(Door door, Caller caller, IStringLocalizer<FunnelText> texts, CancellationToken ct)
    {
        var organisation = await door.Send(new DescribeOrganisation.Query(), caller, ct);
        var codes = await door.Send(new ListCodes.Query(), caller, ct);
        return organisation.Ok && codes.Ok
            ? new FileWords(organisation.Value, codes.Value, texts)
            : throw new IOException((organisation.Problem ?? codes.Problem)!.Message);
    }

    public string Stage(Stage stage) => Formats.Words(organisation.Stages.Single(one => one.Stage == stage).Name);

    public string Outcome(Outcome outcome) => texts["Outcome." + outcome.ToWire()];

    public string? Source(string? code) =>
        code is not null && codes.Sources.FirstOrDefault(source => source.Code == code) is { } named ? Formats.Words(named.Name) : code;

    public DateTime There(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;
}

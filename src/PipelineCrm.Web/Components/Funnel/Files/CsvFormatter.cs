using Microsoft.Extensions.Localization;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Funnel;

/// <summary>How a file tells what pages tell: stages, outcomes and sources in the reader's language, instants in the organisation's zone,
/// where days and periods are counted.</summary>
internal sealed class CsvFormatter(OrganisationView organisation, Codes codes, IStringLocalizer<FunnelText> texts)
{
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(organisation.TimeZone);

    public static async Task<CsvFormatter> Read(UseCaseSender sender, Caller caller, IStringLocalizer<FunnelText> texts,
        CancellationToken ct)
    {
        var organisation = await sender.Send(new DescribeOrganisation.Query(), caller, ct);
        var codes = await sender.Send(new ListCodes.Query(), caller, ct);
        return organisation.Ok && codes.Ok
            ? new CsvFormatter(organisation.Value, codes.Value, texts)
            : throw new IOException((organisation.Problem ?? codes.Problem)!.Message);
    }

    public string Stage(Stage stage) => Formats.Localized(organisation.Stages.Single(one => one.Stage == stage).Name);

    public string Outcome(Outcome outcome) => texts["Outcome." + outcome.ToWire()];

    public string? Source(string? code) =>
        code is not null && codes.Sources.FirstOrDefault(source => source.Code == code) is { } named ? Formats.Localized(named.Name) : code;

    public DateTime There(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;
}

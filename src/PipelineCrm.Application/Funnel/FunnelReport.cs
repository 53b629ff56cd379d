using System.Globalization;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Funnel;

/// <summary>A funnel that can be counted: the scope, read and found sound.</summary>
/// <param name="From">Passed: entries from this instant on.</param>
/// <param name="To">Passed: entries before this instant.</param>
/// <param name="Past">Snapshot of a past instant, with the values of then; null: as of now.</param>
/// <param name="Instant">The report's instant: <paramref name="Past"/>, or now.</param>
internal sealed record FunnelReport(
    FunnelMeaning Meaning,
    DateTimeOffset? From,
    DateTimeOffset? To,
    DateTimeOffset? Past,
    DateTimeOffset Instant,
    UserId? Owner,
    TeamId? Team,
    string? Source)
{
    public static Result<FunnelReport> Read(FunnelScope scope, OrganisationSettings organisation, DateTimeOffset now)
    {
        var errors = new Dictionary<string, string[]>();
        var zone = organisation.Zone;
        var meaning = Choice(scope.Meaning, FunnelMeaning.Passed, "meaning", errors);
        var unit = Choice(scope.Unit, FunnelUnit.Deals, "unit", errors);
        var (from, to, at) = (Time(scope.From, "from", zone, errors), Time(scope.To, "to", zone, errors),
            Time(scope.At, "at", zone, errors));
        var (owner, team) = (Id<UserId>(scope.Owner, "owner", errors), Id<TeamId>(scope.Team, "team", errors));

        Refuse(meaning is FunnelMeaning.Cohort or FunnelMeaning.Flow, "meaning", FunnelMessages.NotYet, errors);
        Refuse(unit is FunnelUnit.Customers, "unit", FunnelMessages.NotYet, errors);
        Refuse(Given(scope.Product), "product", FunnelMessages.NotYet, errors);
        Refuse(!FieldRules.IsClean(scope.Source), "source", FieldMessages.ControlCharacter, errors);
        Refuse(from > to, "to", FunnelMessages.FromAfterTo, errors);
        Refuse(at > now, "at", FunnelMessages.InFuture, errors);
        Refuse(at is not null && meaning is FunnelMeaning.Passed, "at", FunnelMessages.OnlySnapshot, errors);
        Refuse(from is not null && meaning is FunnelMeaning.Snapshot, "from", FunnelMessages.OnlyPeriod, errors);
        Refuse(to is not null && meaning is FunnelMeaning.Snapshot, "to", FunnelMessages.OnlyPeriod, errors);

        return errors.Count > 0
            ? ValidationProblem.ForFields(errors)
            : new FunnelReport(meaning, from, to, at, at ?? now, owner, team, Given(scope.Source) ? scope.Source : null);
    }

    private static bool Given(string? text) => !string.IsNullOrEmpty(text);

    private static void Refuse(bool wrong, string field, string message, Dictionary<string, string[]> errors)
    {
        if (wrong)
        {
            errors.TryAdd(field, [message]);
        }
    }

    public static TEnum Choice<TEnum>(string? text, TEnum missing, string field, Dictionary<string, string[]> errors)
        where TEnum : struct, Enum
    {
        var value = missing;
        var names = string.Join(", ", Enum.GetValues<TEnum>().Select(candidate => candidate.ToWire()));
        Refuse(Given(text) && !WireNames.TryParse(text, out value), field,
            string.Format(CultureInfo.CurrentCulture, FunnelMessages.OneOf, names), errors);
        return value;
    }

    private static DateTimeOffset? Time(string? text, string field, TimeZoneInfo zone, Dictionary<string, string[]> errors)
    {
        var time = Given(text) ? ReportDay.Read(text!, zone) : null;
        Refuse(Given(text) && time is null, field, FunnelMessages.NotADay, errors);
        return time;
    }

    private static TId? Id<TId>(string? text, string field, Dictionary<string, string[]> errors) where TId : struct, ITypedId<TId>
    {
        var id = default(TId);
        Refuse(Given(text) && !TId.TryParse(text, CultureInfo.InvariantCulture, out id), field, FunnelMessages.NotAnId, errors);
        return Given(text) ? id : null;
    }
}

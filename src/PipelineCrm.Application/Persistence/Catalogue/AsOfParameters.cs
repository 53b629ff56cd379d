using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Persistence.Catalogue;

/// <summary>The instant that facts are read at, as two parameters of a statement: what is said to be past, else the transaction's time, and
/// the organisation's zone.</summary>
internal static class AsOfParameters
{
    /// <param name="first">The number of the first parameter.</param>
    public static SqlTokens Tokens(int first) => new($"coalesce(${first}, transaction_timestamp())",
        $"(coalesce(${first}, transaction_timestamp()) at time zone ${first + 1})::date", $"${first + 1}");

    public static object[] Values(Actor actor, DateTimeOffset? past) => [SqlBatch.OrNull(past), actor.Organisation.TimeZone];
}

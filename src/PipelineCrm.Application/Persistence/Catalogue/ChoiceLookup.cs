using PipelineCrm.Domain;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Persistence.Catalogue;

/// <summary>Which of the codes and people that a request names are there.</summary>
internal sealed class ChoiceLookup
{
    public HashSet<(string Kind, string Code)> Codes { get; } = [];

    public Dictionary<string, Person> People { get; } = [];

    /// <summary>What is no code and nobody is known by its declaration.</summary>
    public bool Has(FactDefinition fact, string value) => fact.Choices switch
    {
        { Kind: ChoiceKind.Codes, CodeKind: { } kind } => Codes.Contains((kind, value)),
        { Kind: ChoiceKind.Users } => People.GetValueOrDefault(value) is { } person && (fact.Key != FieldKey.OwnerId || person.MayOwn),
        _ => true,
    };

    /// <summary>Of all texts that were sent, those that are codes or people: which fields take such is a matter of the catalogue.</summary>
    public void AddTo(SqlBatch batch, SubmittedFieldValues fields, params string?[] codes)
    {
        var texts = fields.Select(field => FieldRules.TrimToNull(FactJson.Text(field.Value))).OfType<string>().ToList();
        string[] named = [.. texts.Concat(codes.OfType<string>()).Where(FieldRules.IsClean)];
        Guid[] people = [.. texts.Where(text => Guid.TryParse(text, out _)).Select(Guid.Parse)];
        if (named.Length > 0)
        {
            batch.Query("select kind, code from codes where active and code in (select unnest($1))",
                row => Codes.Add((row.GetString(0), row.GetString(1))), [named]);
        }

        if (people.Length > 0)
        {
            batch.Query(
                "select id, display_name, role <> 0 from users where id = any($1) and disabled_at is null",
                row => People[row.GetGuid(0).ToString()] = new Person(row.GetString(1), row.GetBoolean(2)),
                [people]);
        }
    }

    internal sealed record Person(string Name, bool MayOwn);
}

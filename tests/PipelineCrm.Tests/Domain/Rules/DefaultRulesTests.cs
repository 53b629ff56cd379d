using System.Text.Json;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Tests.Domain;

public class DefaultRulesTests
{
    [Fact]
    public void The_default_rules_have_no_flaw() => Assert.Empty(RuleSetValidator.Check(Example.Defaults));

    [Fact]
    public void They_survive_being_written_and_read() =>
        Assert.Equal(RuleSetJson.Write(Example.Defaults), RuleSetJson.Write(RuleSetJson.Read(RuleSetJson.Write(Example.Defaults), 1)));

    [Fact]
    public void The_migration_that_seeds_version_1_says_the_same_as_the_code()
    {
        using var stream = typeof(CrmDbContext).Assembly.GetManifestResourceStream("PipelineCrm.Persistence.Migrations.0002_default_rules.sql")!;
        using var reader = new StreamReader(stream);
        var json = reader.ReadToEnd().Split("$rules$")[1];
        Assert.Equal(JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(RuleSetJson.Write(Example.Defaults))), JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(json)));
    }

    [Fact]
    public void They_have_on_exactly_what_the_table_says() =>
        Assert.All(PurchasePath.Steps, step => Assert.Equal(step.OnByDefault, Example.Defaults.Moves.Any(step.IsOf)));
}

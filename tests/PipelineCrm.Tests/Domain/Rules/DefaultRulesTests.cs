using System.Text.Json.Nodes;
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
    public void The_migrations_that_seed_them_say_the_same_as_the_code()
    {
        var first = JsonNode.Parse(Migration("0002_default_rules").Split("$rules$")[1])!;
        var (old, instead) = (JsonNode.Parse(Migration("0141_valid_quotes").Split("$old$")[1]),
            JsonNode.Parse(Migration("0141_valid_quotes").Split("$new$")[1]));
        Assert.True(JsonNode.DeepEquals(old, first["stages"]!["purchase"]!["enter"]));
        first["stages"]!["purchase"]!["enter"] = instead;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(RuleSetJson.Write(Example.Defaults)), first));
    }

    private static string Migration(string name)
    {
        using var stream = typeof(CrmDbContext).Assembly.GetManifestResourceStream($"PipelineCrm.Persistence.Migrations.{name}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [Fact]
    public void They_have_on_exactly_what_the_table_says() =>
        Assert.All(PurchasePath.Steps, step => Assert.Equal(step.OnByDefault, Example.Defaults.Moves.Any(step.IsOf)));
}

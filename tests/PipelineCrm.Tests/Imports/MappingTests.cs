using System.Text.Json;
using PipelineCrm.Imports;

namespace PipelineCrm.Tests.Imports;

public sealed class MappingTests
{
    private const string Good = """
        {"name":"x","files":[{"name":"f","records":[{"make":"deal","key":"id","fields":{"title":"t","owner":"o","customer":"c"},
        "stage":{"steps":[{"to":"consideration","at":"d"},{"to":"lost","at":"e"}]}}]}]}
        """;

    [Fact]
    public void Every_mapping_that_ships_can_be_used()
    {
        Assert.Contains("maven-crm", MappingReader.Shipped);
        Assert.All(MappingReader.Shipped, name => Assert.Equal(name, MappingReader.ReadShipped(name).Name));
    }

    [Fact]
    public void A_good_mapping_is_read() => Assert.Equal(["id", "t", "o", "c", "d", "e"], MappingReader.Read(Good).Files[0].Columns);

    [Theory]
    [InlineData("\"name\":\"x\"", "\"name\":\"X Y\"", "name takes 1 to 40")]
    [InlineData("\"name\":\"x\"", "\"name\":\"x\",\"timeZone\":\"Mars/Olympus\"", "there is no time zone Mars/Olympus")]
    [InlineData("\"name\":\"x\"", "\"name\":\"x\",\"dateFormats\":[]", "at least one date format")]
    [InlineData("\"name\":\"x\"", "\"name\":\"x\",\"colour\":1", "there is no property colour in $ (line 1)")]
    [InlineData("\"name\":\"x\"", "\"name\":\"x\",\"placeholder\":{\"name\":\"none\"}",
        "placeholder belongs into the record that makes deals")]
    [InlineData("\"make\":\"deal\"", "\"make\":\"deal\",\"colour\":1", "there is no property colour in $.files[0].records[0] (line 1)")]
    [InlineData("\"name\":\"x\",", "", "needed and missing: name")]
    [InlineData("\"name\":\"x\"", "\"name\":\"x\",,", "it is not written in JSON (line 1")]
    [InlineData("\"title\":\"t\"", "\"title\":5", "the value of $.files[0].records[0].fields")]
    [InlineData("\"title\":\"t\"", "\"titel\":\"t\"", "there is no field titel")]
    [InlineData("\"title\":\"t\",", "", "the field title is missing")]
    [InlineData("\"customer\":\"c\"", "\"product\":\"c\"", "needs the field customer or a placeholder")]
    [InlineData("\"title\":\"t\"", "\"title\":{\"column\":\"t\",\"map\":\"m\"}", "there is no value map m")]
    [InlineData("\"title\":\"t\"", "\"title\":{\"column\":\"t\",\"value\":\"m\"}", "exactly one of column, value and template")]
    [InlineData("\"key\":\"id\"", "\"key\":{\"value\":\"1\"}", "the key reads no column")]
    [InlineData("\"make\":\"deal\"", "\"make\":\"idea\"", "make")]
    [InlineData("{\"to\":\"lost\",\"at\":\"e\"}", "{\"to\":\"completed\",\"at\":\"e\"}", "cannot go from consideration to completed")]
    [InlineData("{\"to\":\"lost\",\"at\":\"e\"}", "{\"to\":\"lost\"}", "a step without a date stands alone")]
    [InlineData("{\"to\":\"lost\",\"at\":\"e\"}", "{\"to\":\"decision\",\"at\":\"e\",\"reason\":\"r\"}",
        "only a step to lost has a reason")]
    [InlineData("{\"to\":\"lost\",\"at\":\"e\"}", "{\"to\":\"lost\",\"at\":\"e\",\"set\":{\"owner\":\"o\"}}", "a step cannot set owner")]
    [InlineData("{\"to\":\"consideration\",\"at\":\"d\"}", "{\"to\":\"decision\",\"at\":\"d\"}", "cannot go from nothing to decision")]
    [InlineData("\"steps\":[", "\"value\":\"v\",\"steps\":[", "either steps, or value and cases")]
    public void What_is_wrong_with_a_mapping_is_said(string part, string instead, string says)
    {
        var broken = Good.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(Good, broken);
        var said = Assert.Throws<InvalidMappingException>(() => MappingReader.Read(broken)).Message;
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.DoesNotContain("PipelineCrm.", said, StringComparison.Ordinal);
        Assert.DoesNotContain(".NET", said, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_documented_schema_knows_the_same_fields()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "docs", "import-mapping.schema.json")));
        var definitions = schema.RootElement.GetProperty("$defs");
        foreach (var (kind, fields) in ImportFields.Of)
        {
            var documented = definitions.GetProperty(JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())).GetProperty("properties")
                .GetProperty("fields");
            Assert.Equal(fields.Select(field => field.Name).Order(),
                documented.GetProperty("properties").EnumerateObject().Select(field => field.Name).Order());
            Assert.Equal(
                fields.Where(field => field.Required).Select(field => field.Name).Order(),
                documented.GetProperty("required").EnumerateArray().Select(field => field.GetString()!).Order());
        }
    }

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "PipelineCrm.sln")))
        {
            at = at.Parent;
        }

        return at.FullName;
    }
}

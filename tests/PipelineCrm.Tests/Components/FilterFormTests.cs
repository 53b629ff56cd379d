using System.Globalization;
using System.Text.Json;
using PipelineCrm.CustomFields;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Lists;

namespace PipelineCrm.Tests.Components;

/// <summary>A filter as chips, and one of them in its form.</summary>
public sealed class FilterFormTests
{
    private const string A = """{"field":"amount","op":"gte","value":1}""";
    private const string B = """{"field":"amount","op":"gte","value":2}""";
    private const string C = """{"field":"amount","op":"gte","value":3}""";

    private static readonly FactView Amount = new("amount", FactSubject.Deal, FactType.Number, null, new LocalizedText("Amount", "金额"),
        [Operator.Gte, Operator.Filled], null, true, true, true, false, false);

    [Theory]
    [InlineData(null, null)]
    [InlineData($$"""{"all":[{{A}}]}""", $$"""{"all":[{{A}}]}""", A)]
    [InlineData($$"""{"all":[{{A}},{{B}}]}""", $$"""{"all":[{{A}},{{B}}]}""", A, B)]
    [InlineData($$"""{"any":[{{A}},{{B}}]}""", $$"""{"any":[{{A}},{{B}}]}""", $$"""{"any":[{{A}},{{B}}]}""")]
    [InlineData($$"""{"any":[{{A}}]}""", $$"""{"all":[{{A}}]}""", A)]
    [InlineData($$"""{"all":[{"all":[{{A}},{{B}}]},{{C}}]}""", $$"""{"all":[{{A}},{{B}},{{C}}]}""", A, B, C)]
    [InlineData($$"""{"all":[{{A}},{"any":[{{B}},{"any":[{{C}}]}]}]}""", $$"""{"all":[{{A}},{"any":[{{B}},{{C}}]}]}""", A,
        $$"""{"any":[{{B}},{{C}}]}""")]
    [InlineData($$"""{"any":[{"all":[{{A}},{{B}}]},{{C}}]}""", $$"""{"any":[{"all":[{{A}},{{B}}]},{{C}}]}""",
        $$"""{"any":[{"all":[{{A}},{{B}}]},{{C}}]}""")]
    public void A_filter_is_the_chips_that_all_must_hold_and_is_written_as_it_was_meant(string? text, string? again, params string[] chips)
    {
        var parts = FilterParts.Read(text)!;
        Assert.Equal(chips, parts.Select(part => JsonSerializer.Serialize(part, WireNames.Json)));
        Assert.Equal(again, FilterParts.Write([.. parts]));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData(A)]
    [InlineData("""{"all":[null]}""")]
    [InlineData("""{"all":[]}""")]
    [InlineData("""{"all":[{"any":[]}]}""")]
    [InlineData($$"""{"all":[{{A}}],"any":[{{B}}]}""")]
    public void What_is_no_filter_has_no_chips(string text) => Assert.Null(FilterParts.Read(text));

    [Fact]
    public void One_condition_is_open_and_stays_one()
    {
        var form = Form(null);
        Assert.False(form.IsGroup);
        Assert.Same(form.Root.Parts[0], form.Open);
        Assert.Null(form.Finish());
        Assert.True(form.Misses);
        Type(form, 1);
        Assert.Equal(A, Written(form));
    }

    [Fact]
    public void Conditions_and_a_group_are_added_and_what_is_not_whole_stays_open()
    {
        var form = Form(null);
        Type(form, 1);
        form.AddCondition(form.Root);
        var second = form.Open;
        form.AddGroup(form.Root);
        Assert.Same(second, form.Open);
        Assert.True(form.Misses);
        Type(form, 2);
        form.AddGroup(form.Root);
        Assert.False(form.Misses);
        Type(form, 3);
        form.AddCondition(form.Root.Parts[2]);
        Type(form, 1);
        Assert.Equal($$"""{"any":[{{A}},{{B}},{"all":[{{C}},{{A}}]}]}""", Written(form));
    }

    [Fact]
    public void All_of_them_are_a_group_of_the_chips_own_kind()
    {
        var form = Form(Parse($$"""{"any":[{{A}},{"all":[{{B}},{{C}}]}]}"""));
        Assert.Null(form.Open);
        (form.Root.All, form.Root.Parts[1].All) = (true, false);
        Assert.Equal($$"""{"all":[{{A}},{"any":[{{B}},{{C}}]}]}""", Written(form));
        Assert.Equal([A, $$"""{"any":[{{B}},{{C}}]}"""],
            FilterParts.Read(FilterParts.Write([form.Finish()!]))!.Select(part => JsonSerializer.Serialize(part, WireNames.Json)));
    }

    [Fact]
    public void A_condition_is_changed_in_its_group_and_another_taken_out()
    {
        var form = Form(Parse($$"""{"any":[{{A}},{"all":[{{B}},{{C}}]}]}"""));
        var group = form.Root.Parts[1];
        form.Edit(group.Parts[0]);
        Type(form, 1);
        form.Remove(form.Root.Parts[0]);
        Assert.Equal($$"""{"all":[{{A}},{{C}}]}""", Written(form));
        form.Remove(group.Parts[0]);
        Assert.False(form.IsGroup);
        Assert.Equal(C, Written(form));
        Assert.Same(form.Root.Parts[0], form.Open);
    }

    [Fact]
    public void A_group_goes_with_its_last_condition_or_as_a_whole()
    {
        var form = Form(Parse($$"""{"any":[{{A}},{{B}},{"all":[{{B}},{{C}}]}]}"""));
        form.Remove(form.Root.Parts[2].Parts[1]);
        form.Remove(form.Root.Parts[2].Parts[0]);
        Assert.Equal($$"""{"any":[{{A}},{{B}}]}""", Written(form));
        form.AddGroup(form.Root);
        form.Remove(form.Root.Parts[2]);
        Assert.Null(form.Open);
        Assert.Equal($$"""{"any":[{{A}},{{B}}]}""", Written(form));
    }

    [Fact]
    public void A_comparison_with_another_fact_is_kept_until_something_is_typed()
    {
        const string other = """{"field":"amount","op":"gte","value":{"field":"probability"}}""";
        var form = Form(Parse($$"""{"any":[{{other}},{{B}}]}"""));
        Assert.Equal($$"""{"any":[{{other}},{{B}}]}""", Written(form));
        form.Edit(form.Root.Parts[0]);
        Type(form, 1);
        Assert.Equal($$"""{"any":[{{A}},{{B}}]}""", Written(form));
    }

    private static FilterForm Form(Condition? condition)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en");
        return new FilterForm(condition, given => new FilterDraft(Amount, given, "USD"));
    }

    private static Condition Parse(string json) => JsonSerializer.Deserialize<Condition>(json, WireNames.Json)!;

    private static void Type(FilterForm form, int number) =>
        form.Open!.Draft!.Number = number.ToString(CultureInfo.InvariantCulture);

    private static string? Written(FilterForm form) =>
        form.Finish() is { } condition ? JsonSerializer.Serialize(condition, WireNames.Json) : null;
}

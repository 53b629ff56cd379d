// Frames are the framework's own affair, but their arrays are most of what a board keeps: a new version may ask for a change here.
#pragma warning disable BL0006
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Board;
using PipelineCrm.Web.Hosting;
using BoardColumn = PipelineCrm.Deals.BoardColumn;

namespace PipelineCrm.Tests.Components;

/// <summary>What a component keeps on the server is an array of frames, of 32, 64, 128 and so on.</summary>
public sealed class BoardFramesTests
{
    private const string Hostile = """<img src=x onerror="alert(1)">'&amp;""";
    private const string Harmless = "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;amp;";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_card_keeps_at_most_32_frames_and_a_column_as_it_is_read_128(bool mine)
    {
        var column = Column(Enumerable.Range(0, ColumnState.PageSize).Select(number => Deal($"Deal {number}", mine)), mine);
        var frames = await Draw(column);
        Assert.InRange(frames[0].Count, ColumnState.PageSize, 128);
        Assert.Equal(ColumnState.PageSize, frames.Skip(1).Count(one => one.Any(frame => frame.AttributeName == "data-deal")));
        Assert.All(frames.Skip(1), card => Assert.InRange(card.Count, 1, 32));
    }

    [Fact]
    public async Task No_name_on_a_card_is_read_as_markup()
    {
        var frames = await Draw(Column([Deal(Hostile, mine: true)], mayCreate: false));
        var markup = string.Concat(frames.SelectMany(one => one).Where(frame => frame.FrameType == RenderTreeFrameType.Markup)
            .Select(frame => frame.MarkupContent));
        Assert.DoesNotContain("<img", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("\"alert", markup, StringComparison.Ordinal);
        Assert.Contains($"<bdi>{Harmless}</bdi></a></h3>", markup, StringComparison.Ordinal);
        Assert.Contains($"title=\"Owner: {Harmless}\"", markup, StringComparison.Ordinal);
    }

    private static ColumnState Column(IEnumerable<DealView> deals, bool mayCreate)
    {
        var page = deals.ToList();
        var column = new ColumnState(Place.Awareness);
        column.Load(new Page<DealView>(page, "next"));
        column.Figures(new BoardColumn(Stage.Awareness, 40, [new Money(400, "EUR")], page, "next")
        {
            Weighted = [new Money(40, "EUR")],
            MaxDays = 14,
            MayCreate = mayCreate,
        });
        return column;
    }

    /// <summary>With all that a card may show, named alike everywhere.</summary>
    private static DealView Deal(string name, bool mine) => new(
        DealId.New(), CustomerId.New(), name, name, 10, "EUR", new DateOnly(2020, 1, 1), null, default, name, 1, Stage.Awareness,
        Outcome.Open, DateTimeOffset.UnixEpoch, null, null, null, 1, null, null, DateTimeOffset.UnixEpoch)
    {
        SecondsInStage = 86_400,
        MayMove = mine,
    };

    /// <returns>The frames of the column, then those of each component in it.</returns>
    private static async Task<List<List<RenderTreeFrame>>> Draw(ColumnState column)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddPipelineCrm(_ => "Host=nowhere").AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddShell();
        await using var app = builder.Build();
        await using var scope = app.Services.CreateAsyncScope();
        await using var renderer = new FrameReader(scope.ServiceProvider);
        return await renderer.Dispatcher.InvokeAsync(() => renderer.Draw(column));
    }

    private sealed class FrameReader(IServiceProvider services) : Renderer(services, NullLoggerFactory.Instance)
    {
        public override Dispatcher Dispatcher { get; } = Dispatcher.CreateDefault();

        public async Task<List<List<RenderTreeFrame>>> Draw(ColumnState column)
        {
            var id = AssignRootComponentId(InstantiateComponent(typeof(Web.Components.Board.BoardColumn)));
            await RenderRootComponentAsync(id, ParameterView.FromDictionary(new Dictionary<string, object?> { ["State"] = column }));
            var own = FramesOf(id);
            return
            [
                own,
                .. own.Where(frame => frame.FrameType == RenderTreeFrameType.Component).Select(frame => FramesOf(frame.ComponentId)),
            ];
        }

        protected override void HandleException(Exception exception) => throw exception;

        protected override Task UpdateDisplayAsync(in RenderBatch renderBatch) => Task.CompletedTask;

        private List<RenderTreeFrame> FramesOf(int id)
        {
            var frames = GetCurrentRenderTreeFrames(id);
            return [.. frames.Array.Take(frames.Count)];
        }
    }
}

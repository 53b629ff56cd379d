using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Live;
using PipelineCrm.Web.Components.Board;
using BoardColumn = PipelineCrm.Deals.BoardColumn;

namespace PipelineCrm.Tests.Components;

/// <summary>Where cards lie on a board, and what it counts: after one's own moves and after those of others.</summary>
public class BoardStateTests
{
    private static readonly CustomerId Customer = CustomerId.New();
    private static readonly DateTimeOffset Closed = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly BoardState _board = new();
    private readonly DealView _a = Deal("a");
    private readonly DealView _c = Deal("c");
    private readonly DealView _e = Deal("e");

    public BoardStateTests() => _board.Load(View(next: null, _a, _c, _e));

    [Fact]
    public void A_card_that_was_dropped_lies_there_at_once_and_is_counted_there()
    {
        _board.Lay(_c, Place.Consideration, null);
        Assert.Equal(("a e", "c"), (Cards(Place.Awareness), Cards(Place.Consideration)));
        Assert.Equal((2, 1), (_board.At(Place.Awareness).Count, _board.At(Place.Consideration).Count));
        Assert.Equal([new Money(20, "EUR")], _board.At(Place.Awareness).Totals);
        Assert.True(_board.Find(_c.Id)!.Pending);
    }

    [Fact]
    public void Taken_back_it_lies_between_the_cards_that_it_lay_between()
    {
        _board.Lay(_c, Place.Consideration, null);
        _board.Settle(_c);
        Assert.Equal(("a c e", ""), (Cards(Place.Awareness), Cards(Place.Consideration)));
        Assert.Equal((3, 0), (_board.At(Place.Awareness).Count, _board.At(Place.Consideration).Count));
        Assert.False(_board.Find(_c.Id)!.Pending);
    }

    [Fact]
    public void Confirmed_it_is_no_more_counted_where_it_came_from()
    {
        _board.Lay(_c, Place.Consideration, null);
        var moved = _c with { Stage = Stage.Consideration, Version = 2 };
        _board.Settle(moved);
        _board.Figures(View(null, 2, 1));
        Assert.Equal(("a e", "c", 2, 1), (Cards(Place.Awareness), Cards(Place.Consideration), (int)_board.At(Place.Awareness).Count,
            (int)_board.At(Place.Consideration).Count));
    }

    [Fact]
    public void What_is_dropped_and_not_confirmed_is_counted_here_though_the_database_does_not_yet()
    {
        _board.Lay(_c, Place.Consideration, null);
        _board.Figures(View(null, 3, 0));
        Assert.Equal((2, 1), (_board.At(Place.Awareness).Count, _board.At(Place.Consideration).Count));
    }

    [Theory]
    [InlineData("b", "a b c e")]
    [InlineData("0", "0 a c e")]
    [InlineData("z", "a c e z")]
    public void Another_ones_card_lies_where_the_order_has_it(string rank, string order)
    {
        Apply(Deal(rank));
        Assert.Equal(order, Cards(Place.Awareness));
    }

    [Fact]
    public void Cards_of_one_rank_lie_in_the_order_of_their_ids()
    {
        var deals = Enumerable.Range(0, 9).Select(_ => Deal("m")).ToList();
        Apply([.. deals.OrderBy(deal => deal.Title.GetHashCode(StringComparison.Ordinal) ^ deal.Id.Value.GetHashCode())]);
        var shown = _board.At(Place.Awareness).Cards.Where(card => card.Deal.Rank == "m").Select(card => card.Deal.Id.ToString()).ToList();
        Assert.Equal(shown.Order(StringComparer.Ordinal), shown);
        Assert.Equal(9, shown.Count);
    }

    [Fact]
    public void Beyond_what_is_loaded_a_card_comes_with_its_page_and_on_the_last_place_it_is_shown()
    {
        _board.Load(View("more", _a, _c, _e));
        Apply(Deal("f"));
        Apply(Deal("d"));
        Assert.Equal("a c d e", Cards(Place.Awareness));
        // Also where the last card went away: the next page begins after the place where it was.
        Apply([_e.Id]);
        Apply(Deal("dz"));
        Assert.Equal("a c d dz", Cards(Place.Awareness));
    }

    [Fact]
    public void A_card_that_somebody_moved_placed_or_changed_follows_and_the_others_are_not_drawn_again()
    {
        var (untouched, versions) = (_board.Find(_e.Id), _board.Piles.ToDictionary(column => column.Place, column => column.Version));
        Apply(_c with { Stage = Stage.Decision, Version = 2 });
        Assert.Equal(("a e", "c"), (Cards(Place.Awareness), Cards(Place.Decision)));
        Apply(_a with { Rank = "x" });
        Assert.Equal("e x", Cards(Place.Awareness));
        Apply(_a with { Rank = "x", Title = "Other", Version = 3 });
        Assert.Equal("Other", _board.Find(_a.Id)!.Deal.Title);
        Assert.Same(untouched, _board.Find(_e.Id));
        Assert.All(_board.Piles.Where(column => column.Place is Place.Consideration or Place.Purchase or Place.Lost),
            column => Assert.Equal(versions[column.Place], column.Version));
    }

    [Fact]
    public void Nothing_is_drawn_again_for_what_is_shown_already_or_is_older()
    {
        Apply(_a with { Version = 5, Title = "Now" });
        var versions = _board.Piles.Select(column => column.Version).ToList();
        Apply(_a with { Version = 5, Title = "Now", SecondsInStage = 77 });
        Apply(_a with { Version = 4, Title = "Before" });
        Assert.Equal(versions, _board.Piles.Select(column => column.Version));
        Assert.Equal("Now", _board.Find(_a.Id)!.Deal.Title);
    }

    [Fact]
    public void What_is_not_in_the_answer_is_not_on_the_board_any_more()
    {
        Apply([_c.Id]);
        Assert.Equal("a e", Cards(Place.Awareness));
    }

    [Fact]
    public void A_card_that_is_being_moved_here_is_left_alone_until_that_is_settled()
    {
        _board.Lay(_c, Place.Consideration, null);
        var theirs = _c with { Stage = Stage.Purchase, Version = 2 };
        Assert.Equal([_c.Id], _board.Apply([_c.Id], new GetBoardChanges.Answer([theirs], View(null, 3, 0))));
        Assert.Equal(("c", ""), (Cards(Place.Consideration), Cards(Place.Purchase)));
        _board.Settle(theirs);
        Assert.Equal(("", "c"), (Cards(Place.Consideration), Cards(Place.Purchase)));
    }

    [Fact]
    public void A_closed_deal_is_shown_in_an_open_strip_only_the_last_one_first()
    {
        var lost = _c with { Outcome = Outcome.Lost, ClosedAt = Closed, Version = 2 };
        Apply(lost);
        Assert.Equal(("a e", ""), (Cards(Place.Awareness), Cards(Place.Lost)));
        _board.At(Place.Lost).Open = true;
        Apply(lost, _a with { Outcome = Outcome.Lost, ClosedAt = Closed.AddDays(1), Version = 2 },
            _e with { Outcome = Outcome.Lost, ClosedAt = Closed.AddDays(-1), Version = 2 });
        Assert.Equal(("", "a c e"), (Cards(Place.Awareness), Cards(Place.Lost)));
    }

    [Fact]
    public void Read_anew_a_board_keeps_the_cards_that_are_as_they_were_and_what_is_being_moved()
    {
        _board.Lay(_e, Place.Decision, null);
        var kept = _board.Find(_a.Id);
        _board.Renew(View(null, _a with { SecondsInStage = 9 }, _e, Deal("z")));
        Assert.Equal(("a z", "e"), (Cards(Place.Awareness), Cards(Place.Decision)));
        Assert.Same(kept, _board.Find(_a.Id));
    }

    [Fact]
    public void News_are_read_unless_they_are_shown_already()
    {
        var news = new BoardRemoteChanges(_board);
        Assert.Null(news.Take());
        news.Add(Heard(1, _a, 1));
        Assert.Null(news.Take());
        news.Add(Heard(2, _a, 2));
        news.Add(Heard(3, _c, 1, ChangeKind.Touched));
        var hidden = Deal("q");
        news.Add(Heard(4, hidden, 1, ChangeKind.Added));
        Assert.Equal([_a.Id, _c.Id, hidden.Id], news.Take()!.Value.Deals);
        Assert.Null(news.Take());
        Assert.Equal(4, news.Number);
    }

    [Fact]
    public void A_place_that_changed_is_read_though_a_version_that_is_shown_came_after_it()
    {
        var news = new BoardRemoteChanges(_board);
        news.Add(Heard(1, _a, 1, ChangeKind.Touched));
        news.Add(Heard(2, _a, 1));
        Assert.Equal([_a.Id], news.Take()!.Value.Deals);
    }

    [Fact]
    public void A_customers_name_is_on_all_of_its_cards_and_a_status_on_none()
    {
        var news = new BoardRemoteChanges(_board);
        news.Add(new ChangeBatch([new Change(1, ChangeSubjects.Customer, "", null, Customer, ChangeKind.Touched, 1, 1)], false));
        Assert.Null(news.Take());
        news.Add(new ChangeBatch([new Change(2, ChangeSubjects.Customer, "", null, Customer, ChangeKind.Changed, 2, 2)], false));
        Assert.Equal(3, news.Take()!.Value.Deals.Count);
    }

    [Theory]
    [InlineData(ChangeSubjects.Stage, true)]
    [InlineData(ChangeSubjects.RuleSet, true)]
    [InlineData(ChangeSubjects.RuleDraft, false)]
    [InlineData(ChangeSubjects.Product, false)]
    public void New_names_and_rules_have_the_whole_board_read(string subject, bool anew)
    {
        var news = new BoardRemoteChanges(_board);
        news.Add(new ChangeBatch([new Change(1, subject, "1", null, null, ChangeKind.Changed, null, 1)], false));
        Assert.Equal(anew, news.Take() is { Anew: true });
    }

    [Fact]
    public void Starting_over_and_more_than_can_be_asked_for_at_once_have_it_read_too()
    {
        var news = new BoardRemoteChanges(_board);
        news.Add(new ChangeBatch([], StartOver: true));
        Assert.True(news.Take()!.Value.Anew);
        for (var i = 0; i <= GetBoardChanges.MaxDeals; i++)
        {
            news.Add(Heard(i, Deal("q"), 1));
        }

        Assert.True(news.Take()!.Value.Anew);
        Assert.Null(news.Take());
    }

    private static ChangeBatch Heard(long number, DealView deal, long version, ChangeKind kind = ChangeKind.Changed) =>
        new([new Change(number, ChangeSubjects.Deal, deal.Id.ToString(), deal.Id, deal.CustomerId, kind, version, number)], false);

    private void Apply(params DealView[] deals) =>
        Assert.Empty(_board.Apply([.. deals.Select(deal => deal.Id)], new GetBoardChanges.Answer(deals, Same())));

    private void Apply(DealId[] gone) => Assert.Empty(_board.Apply(gone, new GetBoardChanges.Answer([], Same())));

    private string Cards(Place place) => string.Join(' ', _board.At(place).Cards.Select(card => card.Deal.Rank));

    private static DealView Deal(string rank) => new(
        DealId.New(), Customer, "Orchard", $"Deal {rank}", 10, "EUR", null, null, default, "Ada", 1, Stage.Awareness, Outcome.Open, Closed,
        null, null, null, 1, null, null, Closed)
    {
        Rank = rank,
    };

    private static BoardView View(string? next, params DealView[] awareness) => new(
        [.. Stages.All.Select(stage => new BoardColumn(
            stage,
            stage == Stage.Awareness ? awareness.Length : 0,
            stage == Stage.Awareness ? [new Money(10 * awareness.Length, "EUR")] : [],
            stage == Stage.Awareness ? awareness : [],
            stage == Stage.Awareness ? next : null))],
        new BoardStrip(0, 0),
        new BoardStrip(0, 0));

    private static BoardView View(string? next, int awareness, int consideration) => new(
        [.. Stages.All.Select(stage => new BoardColumn(stage,
            stage switch { Stage.Awareness => awareness, Stage.Consideration => consideration, _ => 0 }, [], [], next))],
        new BoardStrip(0, 0),
        new BoardStrip(0, 0));

    /// <summary>The figures as they are shown.</summary>
    private BoardView Same() => new(
        [.. Stages.All.Select(stage => _board.At(stage.ToPlace())).Select(column => new BoardColumn(column.Place.AsStage()!.Value,
            column.Count, column.Totals, [], null) { Weighted = column.Weighted })],
        new BoardStrip(_board.At(Place.Completed).Count, _board.At(Place.Completed).Last30Days),
        new BoardStrip(_board.At(Place.Lost).Count, _board.At(Place.Lost).Last30Days));
}

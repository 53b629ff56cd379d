using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Live;

namespace PipelineCrm.Web.Components.Board;

/// <summary>What others do, shown as it happens: gathered for a moment, and never under a card that is in somebody's hand.</summary>
public sealed partial class BoardPage
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly BoardState _state = new();
    private readonly TaskCompletionSource _leaving = new();
    private BoardRemoteChanges? _news;
    private ChangeSubscription? _subscription;
    private bool _held;
    private bool _catchingUp;

    private BoardRemoteChanges News => _news ??= new BoardRemoteChanges(_state);

    /// <summary>A card is in hand, or a move is on its way: nothing else moves meanwhile, but under a form that asks for fields.</summary>
    private bool Busy => _held || _loading || (_moving is { } moving && _state.Find(moving.Id) is not { WaitsFor: > 0 });

    /// <summary>
    /// Before the board is read: what is written in between is told. What was read while the page was drawn is shown at once, and what was
    /// written since then is asked for.
    /// </summary>
    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive && Session.TakesOver)
        {
            var drawn = Session.DrawnFrom;
            InBackground(async () =>
            {
                await Subscribe(drawn);
                await Follow();
            });
        }
        else if (RendererInfo.IsInteractive)
        {
            await Subscribe();
            InBackground(Follow);
        }
    }

    /// <summary>A pressed card was let go.</summary>
    [JSInvokable]
    public Task Released()
    {
        _held = false;
        return CatchUp();
    }

    /// <summary>The last subscription goes when the new one is there: what comes in between is heard of too.</summary>
    /// <returns>False: nobody may look here any more, or nobody does.</returns>
    private async Task<bool> Subscribe(DateTimeOffset? since = null)
    {
        var last = _subscription;
        var followed = await Session.Send(new FollowChanges.Query(since), Channel.Board);
        _subscription = followed.Value;
        last?.Dispose();
        if (last is not null && await last.Next(TimeSpan.Zero) is { } rest)
        {
            News.Add(rest);
        }

        if (_left)
        {
            _subscription?.Dispose();
        }

        return !_left && followed is { Ok: true } or { Problem.Code: ProblemCode.Unavailable or ProblemCode.Unexpected };
    }

    private async Task Follow()
    {
        while (!_left)
        {
            var changes = _subscription is { } open ? await open.Next(Gather) : null;
            if (_left)
            {
                // Its end is no wish to begin anew: what would be asked may be gone already.
                return;
            }

            if (changes is not null)
            {
                News.Add(changes);
            }

            if (changes is not { StartOver: false })
            {
                News.AddAll();
                if ((_subscription is null && !await Paused()) || !await Subscribe())
                {
                    return;
                }
            }

            await CatchUp();
        }
    }

    /// <summary>Shows what was heard of, as it is now.</summary>
    private async Task CatchUp()
    {
        if (_catchingUp || _loaded is null)
        {
            return;
        }

        _catchingUp = true;
        try
        {
            while (!Busy && !_left)
            {
                if (News.Take() is not { } news)
                {
                    Shown(News.Number);
                    return;
                }

                if (!await (news.Anew ? ReadAnew() : Read(news.Deals)))
                {
                    return;
                }

                StateHasChanged();
            }
        }
        finally
        {
            _catchingUp = false;
        }
    }

    private void Shown(long number)
    {
        if (_state.Number != number)
        {
            _state.Number = number;
            StateHasChanged();
        }
    }

    /// <returns>False: not now; they are kept for the next time.</returns>
    private async Task<bool> Read(IReadOnlyList<DealId> deals)
    {
        var filter = _filter;
        var now = await Session.Send(new GetBoardChanges.Query(filter, deals), Channel.Board);
        if (now.Ok && filter == _filter && !Busy)
        {
            var left = _state.Apply(deals, now.Value);
            News.Return(left);
            return left.Count == 0;
        }

        News.Return(deals);
        Later(now.Problem);
        return false;
    }

    private async Task<bool> ReadAnew()
    {
        var filter = _filter;
        await Session.Describe();
        var now = await Session.Send(new GetBoard.Query(filter, Math.Clamp(_state.Depth, ColumnState.PageSize, PageRequest.MaxLimit)),
            Channel.Board);
        if (now.Ok && filter == _filter && !Busy)
        {
            Name();
            _state.Renew(now.Value);
            foreach (var strip in _columns.Where(column => column is { IsStrip: true, Open: true }))
            {
                await LoadStrip(strip);
            }

            return true;
        }

        News.AddAll();
        Later(now.Problem);
        return false;
    }

    /// <summary>Without the database there is nothing to show; it is tried again by itself.</summary>
    private void Later(Problem? problem)
    {
        if (problem is not null)
        {
            InBackground(async () =>
            {
                if (await Paused())
                {
                    await CatchUp();
                }
            });
        }
    }

    /// <returns>False: the page was left meanwhile.</returns>
    private async Task<bool> Paused()
    {
        await Task.WhenAny(Task.Delay(Pause), _leaving.Task);
        return !_left;
    }
}

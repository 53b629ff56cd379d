using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Funnel;

/// <summary>Pasts that use every kind of move, undo, change of owner, amount, source, and archiving, from one seed.</summary>
public sealed class RandomHistory(int seed, IReadOnlyList<Guid> owners, DateTimeOffset start)
{
    private static readonly string?[] Reasons = ["price", "no-need", null];
    private static readonly string[] Sources = ["website", "event"];
    private static readonly string[] Currencies = ["USD", "USD", "USD", "JPY", "EUR"];
    private readonly Random _random = new(seed);

    public List<LedgerDeal> Deals(int count) => [.. Enumerable.Range(0, count).Select(_ => Deal())];

    private LedgerDeal Deal()
    {
        var at = start.AddHours(_random.Next(24 * 120));
        var deal = new LedgerDeal(Pick(owners), (Stage)_random.Next(1, 3), at, dateKnown: _random.Next(8) > 0);
        if (_random.Next(3) > 0)
        {
            deal.From(Pick(Sources), at);
        }

        for (var steps = _random.Next(0, 12); steps > 0 && !deal.Void; steps--)
        {
            at = at.AddHours(_random.Next(4) == 0 ? 0 : _random.Next(24 * 20));
            if (_random.Next(4) == 0)
            {
                ChangeFact(deal, at);
            }
            else
            {
                Move(deal, at);
            }
        }

        return deal;
    }

    private void ChangeFact(LedgerDeal deal, DateTimeOffset at)
    {
        switch (_random.Next(6))
        {
            case 0: deal.GiveTo(Pick(owners), at); break;
            case 1: deal.From(Pick(Sources), at); break;
            case 2: deal.Archive(deal.ArchivedAt is null, at); break;
            case 3: deal.Worth(null, null, at); break;
            default: deal.Worth(_random.Next(1, 100_000) / 4m, Pick(Currencies), at); break;
        }
    }

    private void Move(LedgerDeal deal, DateTimeOffset at)
    {
        var (stage, outcome) = (deal.Now.Position.Stage, deal.Now.Position.Outcome);
        var choice = _random.Next(10);
        if (choice < 2 && deal.MayUndo)
        {
            deal.Undo(at);
        }
        else if (outcome == Outcome.Lost)
        {
            deal.Reopen(at);
        }
        else if (outcome == Outcome.Open && choice == 2)
        {
            deal.Lose(at, Pick(Reasons));
        }
        else if (outcome == Outcome.Open && stage == Stage.PostPurchase)
        {
            deal.Complete(at);
        }
        else if (outcome == Outcome.Open && choice == 3 && stage > Stage.Awareness)
        {
            deal.To((Stage)_random.Next(1, (int)stage), at);
        }
        else if (outcome == Outcome.Open)
        {
            deal.To((Stage)Math.Min(5, (int)stage + (choice == 4 ? 2 : 1)), at);
        }
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}

using System.Globalization;
using FluentValidation;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>A deal's transitions, oldest first.</summary>
public static class ListTransitions
{
    public sealed record Query(DealId Id, PageRequest Page) : IRequest<Page<TransitionView>>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.AddPage(x => x.Page, after => int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors) : IHandler<Query, Page<TransitionView>>
    {
        private const string Sql = TransitionRows.Sql + " and t.seq > $3 order by t.seq limit $6";

        public async Task<Result<Page<TransitionView>>> Handle(Query request, CancellationToken ct)
        {
            var (actor, page, seen, rows) = (actors.Current, request.Page, false, new List<TransitionView>());
            await new Reads(db.Connection)
                .AddSeen(request.Id, actor, () => seen = true)
                .Add(
                    Sql,
                    row => rows.Add(TransitionRows.Read(row, actor)),
                    request.Id.Value,
                    Reads.Or(actor.Sees.Ids),
                    page.After is { } after ? int.Parse(after, CultureInfo.InvariantCulture) : 0,
                    Reads.Or(actor.Id?.Value),
                    actor.UndoesAll(),
                    page.Limit + 1)
                .Run(ct);
            return seen ? Pages.Cut(rows, page.Limit, row => row.Seq.ToString(CultureInfo.InvariantCulture)) : new Problem(ProblemCode.NotFound, ProblemText.NotFound);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;

namespace PipelineCrm.People;

/// <summary>What somebody may know before signing in: whether there is anything to sign in to, and whose it is.</summary>
public static class ReadSetup
{
    public sealed record Query : IRequest<Answer>
    {
        public static Access Access => Access.Anyone;
    }

    /// <param name="Demo">Whether one click signs in as each role.</param>
    public sealed record Answer(bool IsSetUp, bool Demo, string OrganisationName);

    internal sealed class Handler(CrmDbContext db) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct) =>
            await db.Settings.Select(s => new Answer(s.SetUpAt != null, s.Demo && s.DemoSignIn, s.OrganisationName)).SingleAsync(ct);
    }
}

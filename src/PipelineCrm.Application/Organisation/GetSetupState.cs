using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;

namespace PipelineCrm.Organisation;

/// <summary>What somebody may know before signing in: whether there is anything to sign in to, and whose it is.</summary>
public static class GetSetupState
{
    public sealed record Query : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.Anyone;
    }

    /// <param name="Demo">Whether one click signs in as each role.</param>
    public sealed record Answer(bool IsSetUp, bool Demo, string OrganisationName);

    internal sealed class Handler(CrmDbContext db) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct) =>
            await db.Settings.Select(s => new Answer(s.SetUpAt != null, s.Demo && s.DemoSignIn, s.OrganisationName)).SingleAsync(ct);
    }
}

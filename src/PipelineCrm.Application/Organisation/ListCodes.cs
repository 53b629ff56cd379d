using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Organisation;

/// <summary>The words that people choose from, in the order they are shown.</summary>
public static class ListCodes
{
    public sealed record Query : IRequest<Codes>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db) : IHandler<Query, Codes>
    {
        public async Task<Result<Codes>> Handle(Query request, CancellationToken ct)
        {
            var codes = await db.Codes.AsNoTracking().OrderBy(c => c.Position).ThenBy(c => c.Value).ToListAsync(ct);
            IReadOnlyList<CodeView> Of(string kind) => [.. codes.Where(c => c.Kind == kind).Select(View)];
            return new Codes(Of(Code.Loss), Of(Code.OverrideReason), Of(Code.SourceOfDeal));
        }

        private static CodeView View(Code code) =>
            new(code.Value, new Dictionary<string, string> { ["en"] = code.NameEn, ["zh-CN"] = code.NameZh }, code.Active);
    }
}

/// <summary>The words that people choose from, those out of use included: old records name them.</summary>
public sealed record Codes(IReadOnlyList<CodeView> LossReasons, IReadOnlyList<CodeView> OverrideReasons, IReadOnlyList<CodeView> Sources);

/// <param name="Name">Per language: <c>en</c>, <c>zh-CN</c>.</param>
/// <param name="Active">Whether it can still be chosen; old records keep naming it.</param>
public sealed record CodeView(string Code, IReadOnlyDictionary<string, string> Name, bool Active);

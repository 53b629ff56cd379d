using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Rules;

/// <summary>What conditions may ask about.</summary>
public static class ListRuleFields
{
    public sealed record Query : IRequest<IReadOnlyList<RuleField>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db) : IHandler<Query, IReadOnlyList<RuleField>>
    {
        public async Task<Result<IReadOnlyList<RuleField>>> Handle(Query request, CancellationToken ct)
        {
            var codes = (await db.Codes.AsNoTracking().Where(code => code.Active).OrderBy(code => code.Position).ToListAsync(ct))
                .ToLookup(code => code.Kind, code => new RuleChoice(code.Value, code.NameEn, code.NameZh));
            return Result<IReadOnlyList<RuleField>>.Of([.. FieldCatalog.All.Select(field =>
                new RuleField(field.Key, field.Type, field.Operators, field.Fillable, Choices(field, codes)))]);
        }

        private static IReadOnlyList<RuleChoice>? Choices(FieldDefinition field, ILookup<string, RuleChoice> codes) => field.Key switch
        {
            FieldKey.Source => [.. codes["source"]],
            FieldKey.ReasonCode => [.. codes["loss"]],
            FieldKey.CustomerType => [new(CustomerType.Person.ToWire(), "Person", "个人"), new(CustomerType.Organisation.ToWire(), "Organisation", "组织")],
            _ => null,
        };
    }
}

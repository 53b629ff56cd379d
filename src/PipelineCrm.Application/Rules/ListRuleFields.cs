using PipelineCrm.CustomFields;
using PipelineCrm.Domain;

namespace PipelineCrm.Rules;

/// <summary>What conditions of rules may ask about: every fact but those that are no longer in use.</summary>
public static class ListRuleFields
{
    public sealed record Query : IRequest<IReadOnlyList<RuleField>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(UseCasePipeline pipeline) : IHandler<Query, IReadOnlyList<RuleField>>
    {
        public async Task<Result<IReadOnlyList<RuleField>>> Handle(Query request, CancellationToken ct)
        {
            var facts = await pipeline.Send(new ListFacts.Query(), ct);
            return facts.Ok ? Result<IReadOnlyList<RuleField>>.Of([.. facts.Value.Where(fact => !fact.Retired).Select(Field)])
                : facts.Problem;
        }

        private static RuleField Field(FactView fact) => new(
            fact.Key, fact.Type == FactType.User ? FactType.Choice : fact.Type, fact.Operators, fact.Bringable,
            fact.Choices is null ? null
                : [.. fact.Choices.Select(choice => new RuleChoice(choice.Code, choice.Name.En, choice.Name.Chinese))])
        {
            Name = fact.Name,
        };
    }
}

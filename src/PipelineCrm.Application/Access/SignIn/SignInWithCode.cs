using PipelineCrm.Localization;

namespace PipelineCrm.Access;

/// <summary>Proves the second factor, after the first.</summary>
public static class SignInWithCode
{
    /// <param name="Ticket">Of the first factor.</param>
    public sealed record Command(string Ticket, string Code) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.Anyone;
    }

    /// <param name="Way">How the first factor was proved.</param>
    public sealed record Answer(UserId User, string Way, bool Remember);

    internal sealed class Handler(SecondFactorVerifier factors) : IHandler<Command, Answer>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken ct)
        {
            if (await factors.Open(request.Ticket) is not { } opened)
            {
                return new Problem(ProblemCode.Unauthenticated, AccessMessages.SecondFactorLate);
            }

            return await factors.Refuse(opened.User, request.Code) is { } refused ? refused
                : new Answer(opened.User.Id, opened.Way, opened.Remember);
        }
    }
}

namespace PipelineCrm.Access;

/// <summary>What the browser asks an authenticator for, to sign somebody in. It tells nothing of anybody.</summary>
public static class BeginPasskeySignIn
{
    public sealed record Query : IRequest<PasskeyChallenge>
    {
        public static AccessLevel Access => AccessLevel.Anyone;
    }

    internal sealed class Handler(PasskeyVerifier verifier) : IHandler<Query, PasskeyChallenge>
    {
        public async Task<Result<PasskeyChallenge>> Handle(Query request, CancellationToken ct) => await verifier.ToSignIn();
    }
}

using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>
/// Proves by a passkey who somebody is, both factors at once: the authenticator is what they have, and it asked for a finger, a face or a
/// PIN. Whatever is wrong is told in the same sentence.
/// </summary>
public static class SignInWithPasskey
{
    /// <param name="Ticket">Of <see cref="BeginPasskeySignIn"/>.</param>
    /// <param name="Credential">The authenticator's answer, as the browser's script has it.</param>
    /// <param name="Mark">Of a browser that was in as somebody before.</param>
    public sealed record Command(string Ticket, string Credential, string? Mark = null) : IRequest<SignIn.Answer>
    {
        public static AccessLevel Access => AccessLevel.Anyone;
    }

    internal sealed class Handler(UserManager<User> users, ActorLoader actors, PasskeyVerifier verifier, AttemptThrottle throttle,
        KnownBrowsers browsers, SecurityLog log) : IHandler<Command, SignIn.Answer>
    {
        public async Task<Result<SignIn.Answer>> Handle(Command request, CancellationToken ct)
        {
            var claimed = IdOf(request.Credential) is { } id ? await users.FindByPasskeyIdAsync(id) : null;
            // There is nothing to guess of an account, so none is slowed down: only who tries.
            var (key, pace) = claimed is not null && browsers.NumberOf(claimed.Id, request.Mark) is { } browser
                ? ($"browser {browser}", AttemptThrottle.Pair)
                : ($"address {actors.Current.From}", AttemptThrottle.Address);
            if (throttle.Enter((key, pace)) is { } wait)
            {
                log.Slowed("sign-in", actors.Current, wait);
                return AttemptThrottle.TooMany(wait);
            }

            if (await verifier.SignedIn(request.Ticket, request.Credential, ct) is not { } user)
            {
                log.SignInFailed(claimed?.Id, actors.Current, "wrong passkey");
                return new Problem(ProblemCode.Unauthenticated, AccessMessages.PasskeyFailed);
            }

            throttle.TakeBack(key);
            return new SignIn.Answer(user.Id, browsers.Mark(user.Id));
        }

        /// <summary>Which passkey the answer says that it is of; nothing is proved by that.</summary>
        private static byte[]? IdOf(string credential)
        {
            try
            {
                using var answer = JsonDocument.Parse(credential);
                return answer.RootElement is { ValueKind: JsonValueKind.Object } said && said.TryGetProperty("id", out var id)
                    && id.ValueKind == JsonValueKind.String && id.GetString() is { } text && Base64Url.IsValid(text)
                    ? Base64Url.DecodeFromChars(text)
                    : null;
            }
            catch (JsonException)
            {
                // No answer of any authenticator.
                return null;
            }
        }
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>
/// Proves by a password who somebody is. An account that is not there, disabled or without a password costs and answers the same as a wrong
/// password, and is slowed down the same.
/// </summary>
public static class SignIn
{
    /// <param name="Mark">Of a browser that was in as somebody before, as an earlier answer gave it.</param>
    public sealed record Command(string Email, string Password, string? Mark = null) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.Anyone;
    }

    /// <param name="Mark">For the browser to keep.</param>
    public sealed record Answer(UserId User, string Mark);

    internal sealed class Handler(
        UserManager<User> users, Decoy decoy, ActorLoader actors, AttemptThrottle throttle, PasswordHashingLimiter limiter,
        KnownBrowsers browsers, SecurityLog log) : IHandler<Command, Answer>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken ct)
        {
            var user = await users.FindByEmailAsync(request.Email.Trim());
            (string Key, AttemptThrottle.ThrottlePolicy Pace)[] keys = user is not null
                && browsers.NumberOf(user.Id, request.Mark) is { } browser
                ? [($"browser {browser}", AttemptThrottle.Pair)]
                : Strangers(users.NormalizeEmail(request.Email.Trim())!, actors.Current.From);
            if (throttle.Enter(keys) is { } wait)
            {
                log.Slowed("sign-in", actors.Current, wait);
                return AttemptThrottle.TooMany(wait);
            }

            var proved = await limiter.Do(() => Prove(user, request.Password), ct);
            if (proved is not { Ok: true, Value: true })
            {
                log.SignInFailed(user?.Id, actors.Current, proved.Problem?.Code ?? "wrong password");
                return proved.Problem ?? new Problem(ProblemCode.Unauthenticated, AccessMessages.SignInFailed);
            }

            throttle.TakeBack([.. keys.Select(key => key.Key)]);
            return new Answer(user!.Id, browsers.Mark(user.Id));
        }

        private static (string, AttemptThrottle.ThrottlePolicy)[] Strangers(string email, string? from) =>
        [
            ($"address {from}", AttemptThrottle.Address), ($"account {email}", AttemptThrottle.Account),
            ($"pair {from} {email}", AttemptThrottle.Pair),
        ];

        private async Task<Result<bool>> Prove(User? user, string password)
        {
            if (user is { DisabledAt: null, PasswordHash: not null })
            {
                return await users.CheckPasswordAsync(user, password);
            }

            decoy.Check(password);
            return false;
        }
    }

    /// <summary>A password that nobody knows: what a wrong address costs to check, so that the time tells nothing.</summary>
    internal sealed class Decoy(IPasswordHasher<User> hasher, IOptions<PasswordHasherOptions> options)
    {
        private static readonly User Nobody = new() { DisplayName = "" };

        /// <summary>Takes no hashing to make, so that the first wrong address costs no more than the others.</summary>
        private readonly string _hash = NobodysHash(options.Value.IterationCount);

        public void Check(string password) => hasher.VerifyHashedPassword(Nobody, _hash, password);

        /// <summary>Identity's format 3: PBKDF2 with HMAC-SHA512, a salt of 16 bytes and a subkey of 32 that no password gives.</summary>
        private static string NobodysHash(int iterations)
        {
            Span<byte> hash = stackalloc byte[13 + 16 + 32];
            RandomNumberGenerator.Fill(hash);
            hash[0] = 1;
            BinaryPrimitives.WriteUInt32BigEndian(hash[1..], 2);
            BinaryPrimitives.WriteUInt32BigEndian(hash[5..], (uint)iterations);
            BinaryPrimitives.WriteUInt32BigEndian(hash[9..], 16);
            return Convert.ToBase64String(hash);
        }
    }
}

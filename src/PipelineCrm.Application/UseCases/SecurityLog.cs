using Microsoft.Extensions.Logging;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.UseCases;

/// <summary>Who came in, who did not, and who was refused: one line each, by ids and network addresses, never by names, mails or
/// secrets.</summary>
internal sealed partial class SecurityLog(ILogger<SecurityLog> log)
{
    public void SignedIn(UserId user, Actor by, string way) => LogSignedIn(user, way, by.From);

    /// <param name="user">Null where the account is not known, too.</param>
    public void SignInFailed(UserId? user, Actor by, string why) => LogSignInFailed(user, why, by.From);

    public void Slowed(string what, Actor by, TimeSpan wait) => LogSlowed(what, by.From, by.Id, (int)Math.Ceiling(wait.TotalSeconds));

    public void SetupTokenWrong(Actor by) => LogSetupTokenWrong(by.From);

    public void SessionsEnded(Actor by, string which) => LogSessionsEnded(which, by.Id, by.From);

    public void Changed(string what, UserId of, Actor by) => LogChanged(what, of, by.Id, by.From);

    public void Refused(string useCase, Actor actor) => LogRefused(useCase, actor.Id, actor.From);

    [LoggerMessage(LogLevel.Information, "Security: signed in {User} by {Way} from {Address}")]
    private partial void LogSignedIn(UserId user, string way, string? address);

    [LoggerMessage(LogLevel.Warning, "Security: sign-in failed for {User}, {Why}, from {Address}")]
    private partial void LogSignInFailed(UserId? user, string why, string? address);

    [LoggerMessage(LogLevel.Warning, "Security: slowed down {What} from {Address} of {User} for {Seconds} s")]
    private partial void LogSlowed(string what, string? address, UserId? user, int seconds);

    [LoggerMessage(LogLevel.Warning, "Security: wrong setup token from {Address}")]
    private partial void LogSetupTokenWrong(string? address);

    [LoggerMessage(LogLevel.Information, "Security: sessions ended ({Which}) of {User} from {Address}")]
    private partial void LogSessionsEnded(string which, UserId? user, string? address);

    [LoggerMessage(LogLevel.Information, "Security: {What} of {User} changed by {By} from {Address}")]
    private partial void LogChanged(string what, UserId user, UserId? by, string? address);

    [LoggerMessage(LogLevel.Warning, "Security: {UseCase} refused to {User} from {Address}")]
    private partial void LogRefused(string useCase, UserId? user, string? address);
}

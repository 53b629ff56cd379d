using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using PipelineCrm.Access;

namespace PipelineCrm.Web.Hosting;

/// <summary>
/// Binds an open page to the sign-in that it was opened under, and asks again and again whether that still holds. What its user does is
/// refused at once anyway: the door reads session and rights at every request. An outage of the database signs nobody out.
/// </summary>
internal sealed class CircuitSession(UseCaseSender sender, CircuitRegistry circuits, IHostApplicationLifetime lifetime, ILoggerFactory logs)
    : RevalidatingServerAuthenticationStateProvider(logs), IHostEnvironmentAuthenticationStateProvider
{
    private static readonly Task<AuthenticationState> Nobody =
        Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity())));

    private Caller? _opened;
    private bool _over;

    protected override TimeSpan RevalidationInterval => Security.RecheckAfter;

    /// <summary>
    /// Called when the page opens, and again with each new connection of it. By then another may be signed in in the same browser: the page
    /// does not become theirs, it is over.
    /// </summary>
    void IHostEnvironmentAuthenticationStateProvider.SetAuthenticationState(Task<AuthenticationState> authenticationStateTask) =>
        _ = Bind(authenticationStateTask);

    public async Task Recheck(CancellationToken ct)
    {
        if (!_over && !await Holds(ct))
        {
            End();
        }
    }

    /// <summary>The page shows that it is over, and nothing else.</summary>
    public void End()
    {
        _over = true;
        SetAuthenticationState(Nobody);
    }

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState,
        CancellationToken cancellationToken) => Holds(cancellationToken);

    protected override void Dispose(bool disposing)
    {
        circuits.Remove(this);
        base.Dispose(disposing);
    }

    private async Task Bind(Task<AuthenticationState> state)
    {
        var caller = CallerFactory.Of((await state).User);
        if (_opened is { } opened && (opened.User, opened.Session) != (caller.User, caller.Session))
        {
            End();
            return;
        }

        _opened ??= caller;
        if (caller.User is { } user)
        {
            circuits.Add(this, user);
        }

        SetAuthenticationState(_over ? Nobody : state);
    }

    private async Task<bool> Holds(CancellationToken ct)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return true;
        }

        return _opened is { User: not null } opened
            && (await sender.Send(new CheckSession.Query(), opened, ct)).Problem is not { Code: ProblemCode.Unauthenticated };
    }
}

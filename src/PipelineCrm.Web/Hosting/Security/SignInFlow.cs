using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Hosting;

/// <summary>Signs in and out; only pages that are plain requests come here, because a cookie is set.</summary>
internal sealed class SignInFlow(UseCaseSender sender, IHttpContextAccessor accessor, CircuitRegistry circuits, Proxies proxies)
{
    /// <summary>Who is told to wait is told so after a moment: else a program that asks again at once would keep the server busy with its
    /// noes.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>So many are kept waiting at once, for a few kilobytes each; the others are told at once.</summary>
    private const int MostKept = 500;

    private static int _kept;

    /// <summary>The cookie by which a browser is known that was in before.</summary>
    private const string MarkCookie = "known";

    /// <summary>The cookie of somebody whose second factor is asked for.</summary>
    private const string TicketCookie = "first-factor";

    /// <summary>The cookie of somebody who was given a challenge for their passkey.</summary>
    private const string ChallengeCookie = "passkey";

    private static readonly TimeSpan MarkIsKept = TimeSpan.FromDays(365);
    private static readonly TimeSpan TicketIsKept = TimeSpan.FromMinutes(5);

    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("Signing in takes a request.");

    private CancellationToken Ct => Http.RequestAborted;

    /// <summary>Null where they are in, else why not; the answer's status says it too.</summary>
    public async Task<Problem?> WithPassword(string email, string password, bool remember)
    {
        var proved = await sender.Send(new SignIn.Command(email, password, Http.Request.Cookies[MarkCookie]), CallerFactory.Of(Http), Ct);
        if (!proved.Ok)
        {
            return await Told(proved.Problem);
        }

        Keep(MarkCookie, proved.Value.Mark, MarkIsKept);
        return await As(proved.Value.User, "password", remember);
    }

    /// <summary>A challenge for whatever passkey the browser has; <see cref="WithPasskey"/> goes on from there.</summary>
    public async Task<Result<PasskeyChallenge>> BeginPasskey()
    {
        var begun = await sender.Send(new BeginPasskeySignIn.Query(), CallerFactory.Of(Http), Ct);
        if (begun.Ok)
        {
            Keep(ChallengeCookie, begun.Value.Ticket, TicketIsKept);
        }

        return begun;
    }

    /// <summary>Both factors at once.</summary>
    public async Task<Problem?> WithPasskey(string credential, bool remember)
    {
        var (ticket, mark) = (Http.Request.Cookies[ChallengeCookie] ?? "", Http.Request.Cookies[MarkCookie]);
        Http.Response.Cookies.Delete(ChallengeCookie);
        var proved = await sender.Send(new SignInWithPasskey.Command(ticket, credential, mark), CallerFactory.Of(Http), Ct);
        if (!proved.Ok)
        {
            return await Told(proved.Problem);
        }

        Keep(MarkCookie, proved.Value.Mark, MarkIsKept);
        return await As(proved.Value.User, "passkey", remember, secondFactor: true);
    }

    /// <summary>The second factor, after the first.</summary>
    public async Task<Problem?> WithCode(string code)
    {
        var proved =
            await sender.Send(new SignInWithCode.Command(Http.Request.Cookies[TicketCookie] ?? "", code), CallerFactory.Of(Http), Ct);
        if (!proved.Ok)
        {
            return await Told(proved.Problem);
        }

        Http.Response.Cookies.Delete(TicketCookie);
        return await As(proved.Value.User, $"{proved.Value.Way} and code", proved.Value.Remember, secondFactor: true);
    }

    /// <summary>
    /// After a password, a link or the set-up proved who somebody is. The sign-in that this browser had before ends. Where a second factor
    /// is needed, the answer says so, and <see cref="WithCode"/> goes on from there.
    /// </summary>
    /// <param name="way">By which they came, for the log.</param>
    public async Task<Problem?> As(UserId user, string way, bool remember = false, bool secondFactor = false)
    {
        var before = CallerFactory.Of(Http);
        var (browser, system) = BrowserNames.Of(Http);
        var started = await sender.Send(
            new StartSession.Command(user, browser, system, way, before.Session, remember, secondFactor),
            Caller.Console with { From = CallerFactory.AddressOf(Http) },
            Ct);
        if (!started.Ok)
        {
            if (started.Problem.Detail is SecondFactorTicket ticket)
            {
                Keep(TicketCookie, ticket.Sealed, TicketIsKept);
            }

            return await Told(started.Problem);
        }

        await Http.SignInAsync(IdentityConstants.ApplicationScheme, SessionCheck.PrincipalOf(started.Value),
            new AuthenticationProperties { IsPersistent = remember });
        await Recheck(before.User);
        return null;
    }

    /// <summary>One click.</summary>
    public async Task<Problem?> AsDemo(Role role, string? token)
    {
        var let = await sender.Send(new SignInAsDemo.Query(role, Proof(token)), CallerFactory.Of(Http), Ct);
        return let.Ok ? await As(let.Value, "demo") : await Told(let.Problem);
    }

    /// <summary>What shows that whoever asks sits at the machine or has read its console.</summary>
    public ConsoleProof Proof(string? token) => new(proxies.AtTheMachine(Http), token);

    /// <summary>Null where the session has ended; where that failed they are told, for it goes on.</summary>
    public async Task<Problem?> Out()
    {
        var caller = CallerFactory.Of(Http);
        var ended = caller.Session is { } session ? await sender.Send(new EndSession.Command(session), caller, Ct) : Unit.Value;
        if (ended.Problem is { Code: not ProblemCode.Unauthenticated } failed)
        {
            return await Told(failed);
        }

        await Http.SignOutAsync(IdentityConstants.ApplicationScheme);
        await Recheck(caller.User);
        return null;
    }

    /// <summary>The user's open pages whose sign-in has ended say so at once.</summary>
    public Task Recheck(UserId? user) => user is { } known ? circuits.Recheck(known, Ct) : Task.CompletedTask;

    private void Keep(string cookie, string value, TimeSpan time) =>
        Http.Response.Cookies.Append(cookie, value,
            new CookieOptions { MaxAge = time, SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });

    /// <summary>A plain form's answer has a status, too.</summary>
    public async Task<Problem> Told(Problem problem)
    {
        if (problem.Code == ProblemCode.TooManyRequests)
        {
            await KeepWaiting();
        }

        if (problem.Code is ProblemCode.TooManyRequests or ProblemCode.Unavailable)
        {
            Http.Response.StatusCode = Api.ApiProblem.StatusOf(problem.Code);
        }

        if (problem.RetryAfter is { } wait)
        {
            Http.Response.Headers.RetryAfter = RequestLimit.Seconds(wait);
        }

        return problem;
    }

    private async Task KeepWaiting()
    {
        try
        {
            await Task.Delay(Interlocked.Increment(ref _kept) <= MostKept ? Moment : TimeSpan.Zero, Ct);
        }
        finally
        {
            Interlocked.Decrement(ref _kept);
        }
    }
}

using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using PipelineCrm.Access;
using PipelineCrm.CustomFields;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.Web.Components;

/// <summary>Sends use cases for the signed-in user; what it knows besides is for showing, never for deciding.</summary>
public sealed class Session(
    UseCaseSender sender, AuthenticationStateProvider authentication, PersistentComponentState state, PrerenderCache prerendered,
    TimeProvider time) : IDisposable
{
    private const string AnswersKey = "answers";

    /// <summary>How long after its start a circuit takes over what was read while the page was drawn.</summary>
    private static readonly TimeSpan TakenFor = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _over = new();
    private ClaimsPrincipal _principal = new();
    private PrerenderCache.PrerenderedResponses? _recorded;
    private PrerenderCache.PrerenderedResponses? _taken;
    private DateTimeOffset _opened;
    private PersistingComponentStateSubscription _persisting;

    /// <summary>Said when <see cref="Checking"/> changes.</summary>
    public event Action? CheckingChanged;

    /// <summary>The operation of which nobody knows whether it was saved, while the session asks; null: none.</summary>
    public string? Checking { get; private set; }

    public UserId? User => UserId.TryParse(_principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id)
        ? id : null;

    public string Name => _principal.FindFirstValue(ClaimTypes.Name) ?? "";

    public Role Role => WireNames.TryParse<Role>(_principal.FindFirstValue(ClaimTypes.Role), out var role) ? role : Role.Viewer;

    /// <summary>The user's own time zone, where they chose one.</summary>
    public string? TimeZone => _principal.FindFirstValue(SessionClaim.TimeZone);

    /// <summary>From when on what the page shows first was read, where that was while it was drawn on the server; null: it is read
    /// now.</summary>
    public DateTimeOffset? DrawnFrom => _taken?.ReadFrom;

    /// <summary>Known once the layout has opened the session, so to every page.</summary>
    public OrganisationView Organisation { get; private set; } = new("", "UTC", "USD", [], []);

    /// <summary>A circuit takes the place of a page that was drawn on the server: what is shown first must not wait for the
    /// browser.</summary>
    public bool TakesOver => _taken is not null && time.GetUtcNow() - _opened < TakenFor;

    /// <summary>What may be known of deals and customers.</summary>
    public IReadOnlyList<FactView> Facts => Organisation.Facts;

    public FactView? Fact(string key) => Facts.FirstOrDefault(fact => fact.Key == key);

    /// <summary>Reads who is signed in and what every page needs; answers why there is nothing to show, if so.</summary>
    /// <param name="interactive">False while the page is drawn on the server, before its circuit lives.</param>
    public async Task<Problem?> Open(bool interactive)
    {
        _principal = (await authentication.GetAuthenticationStateAsync()).User;
        _opened = time.GetUtcNow();
        if (!interactive && _recorded is null)
        {
            _recorded = new(_opened);
            _persisting = state.RegisterOnPersisting(Hand, RenderMode.InteractiveServer);
        }
        else if (interactive && state.TryTakeFromJson<string>(AnswersKey, out var key) && key is not null)
        {
            _taken = prerendered.Take(key, User);
        }

        return await Describe();
    }

    /// <summary>Reads anew what every page needs of the organisation.</summary>
    public async Task<Problem?> Describe()
    {
        var described = await Send(new DescribeOrganisation.Query());
        if (described.Ok)
        {
            Organisation = described.Value;
        }

        return described.Problem;
    }

    /// <param name="operation">
    /// The id of what a form does, the same as long as it tries. Where the database goes away in the middle, the session asks under
    /// this id until it knows what became of it; nothing is done twice.
    /// </param>
    public async Task<Result<T>> Send<T>(IRequest<T> request, Channel channel = Channel.Page, string? operation = null)
    {
        _principal = (await authentication.GetAuthenticationStateAsync()).User;
        if (TakesOver && _taken!.TryTake<T>(request, channel, out var known))
        {
            return known;
        }

        var caller = CallerFactory.Of(_principal, channel);
        operation = (request as ISelfIdempotent)?.OperationId ?? operation;
        var answer = await sender.Send(request, caller, operation);
        if (operation is not null && answer.Problem?.Detail is DatabaseOutageDetail)
        {
            answer = await Settle(request, caller, operation, answer);
        }

        if (answer.Problem is { Code: ProblemCode.Unauthenticated } && authentication is CircuitSession circuit)
        {
            // Ended elsewhere, perhaps on another node: the page says so now, not when it asks next.
            circuit.End();
        }

        _recorded?.Add(request, channel, answer);
        return answer;
    }

    private Task Hand()
    {
        state.PersistAsJson(AnswersKey, prerendered.Keep(User, _recorded!));
        return Task.CompletedTask;
    }

    /// <summary>Asks until the answer tells what became of the operation, or the page is gone.</summary>
    private async Task<Result<T>> Settle<T>(IRequest<T> request, Caller caller, string operation, Result<T> unknown)
    {
        Check(operation);
        try
        {
            var result = unknown;
            while (result.Problem is { Code: ProblemCode.Unavailable })
            {
                await Task.Delay(Between, time, _over.Token);
                result = await sender.Send(request, caller, operation, _over.Token);
            }

            return result;
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            return unknown;
        }
        finally
        {
            Check(null);
        }
    }

    private void Check(string? operation)
    {
        Checking = operation;
        CheckingChanged?.Invoke();
    }

    public void Dispose()
    {
        _persisting.Dispose();
        _over.Cancel();
        _over.Dispose();
    }
}

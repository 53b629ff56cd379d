using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using PipelineCrm.Catalog;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.People;

namespace PipelineCrm.Web.Components.Shared;

/// <summary>The signed-in user's way to the one door; what it knows besides is for showing, never for deciding.</summary>
public sealed class Session(Door door, AuthenticationStateProvider authentication, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _over = new();
    private ClaimsPrincipal _principal = new();

    /// <summary>Said when <see cref="Checking"/> changes.</summary>
    public event Action? CheckingChanged;

    /// <summary>The operation of which nobody knows whether it was saved, while the session asks; null: none.</summary>
    public string? Checking { get; private set; }

    public UserId? User => UserId.TryParse(_principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) ? id : null;

    public string Name => _principal.FindFirstValue(ClaimTypes.Name) ?? "";

    public Role Role => WireNames.TryParse<Role>(_principal.FindFirstValue(ClaimTypes.Role), out var role) ? role : Role.Viewer;

    /// <summary>The user's own time zone, where they chose one.</summary>
    public string? TimeZone => _principal.FindFirstValue(SessionClaim.TimeZone);

    /// <summary>Known once the layout has opened the session, so to every page.</summary>
    public OrganisationView Organisation { get; private set; } = new("", "UTC", "USD", [], []);

    /// <summary>Reads who is signed in and what every page needs; answers why there is nothing to show, if so.</summary>
    public async Task<Problem?> Open()
    {
        _principal = (await authentication.GetAuthenticationStateAsync()).User;
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
        var caller = new Caller(User, channel);
        operation = (request as ISettlesItself)?.OperationId ?? operation;
        var result = await door.Send(request, caller, operation);
        return operation is not null && result.Problem?.Detail is OutageDetail ? await Settle(request, caller, operation, result) : result;
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
                result = await door.Send(request, caller, operation, _over.Token);
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
        _over.Cancel();
        _over.Dispose();
    }
}

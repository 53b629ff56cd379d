using PipelineCrm.Domain;
using PipelineCrm.Persistence.Catalogue;

namespace PipelineCrm.Persistence.Actors;

/// <summary>Somebody acting now, with the rights that the database gives them at this moment.</summary>
/// <param name="Role">Null for somebody not signed in.</param>
/// <param name="Sees">The owners whose deals they may see.</param>
/// <param name="Moves">The owners whose deals they may move and change.</param>
internal sealed record Actor(
    UserId? Id,
    Role? Role,
    Channel Channel,
    TeamId? Team,
    OwnerSet Sees,
    OwnerSet Moves,
    OrganisationSettings Organisation)
{
    /// <summary>Which custom fields there were when the rights were read.</summary>
    public FactCatalogVersion Facts { get; init; }

    /// <summary>What they are called; null for the console and for somebody not signed in.</summary>
    public string? Name { get; init; }

    public bool SignedIn => Role is not null;

    /// <summary>The sign-in that the request belongs to.</summary>
    public SessionId? Session { get; init; }

    /// <summary>The network address that the request came from.</summary>
    public string? From { get; init; }

    /// <summary>The scheme and host that the request was sent to.</summary>
    public string? Site { get; init; }

    /// <summary>Whether statements composed for the one ask for the same rows, days and currency when the other acts.</summary>
    public bool SeesLike(Actor other) => Role == other.Role && Organisation == other.Organisation && Sees.Same(other.Sees);

    public bool Has(AccessLevel access) => access switch
    {
        AccessLevel.Anyone => true,
        AccessLevel.SignedIn => SignedIn,
        AccessLevel.Writer => Role >= Domain.Role.Rep,
        AccessLevel.Manager => Role >= Domain.Role.Manager,
        AccessLevel.Admin => Role == Domain.Role.Admin,
    };
}

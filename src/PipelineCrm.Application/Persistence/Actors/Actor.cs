using PipelineCrm.Domain;

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
    public bool SignedIn => Role is not null;

    public bool Has(AccessLevel access) => access switch
    {
        AccessLevel.Anyone => true,
        AccessLevel.SignedIn => SignedIn,
        AccessLevel.Writer => Role >= Domain.Role.Rep,
        AccessLevel.Manager => Role >= Domain.Role.Manager,
        AccessLevel.Admin => Role == Domain.Role.Admin,
    };
}

using System.Buffers.Text;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>Calls a passkey of one's own something else.</summary>
public static class RenamePasskey
{
    public sealed record Command(string Id, string Name) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(x => x.Name).Name(UserPasskey.NameLength);
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            var id = Base64Url.IsValid(request.Id) ? Base64Url.DecodeFromChars(request.Id) : [];
            if (await db.UserPasskeys.FirstOrDefaultAsync(one => one.CredentialId == id && one.UserId == actors.Current.Id,
                ct) is not { } passkey)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            passkey.Data.Name = request.Name;
            await db.SaveChangesAsync(ct);
            return Unit.Value;
        }
    }
}

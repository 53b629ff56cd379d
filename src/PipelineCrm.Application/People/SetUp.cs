using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>Starts empty: the organisation, and its first admin, made by whoever reads the console.</summary>
public static class SetUp
{
    public sealed record Command(
        string Token, string OrganisationName, string TimeZone, string BaseCurrency, string DisplayName, string Email, string Password, string Language = "en") : IRequest<UserId>
    {
        public static Access Access => Access.Anyone;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.Token).Must(FieldRules.HasText).WithMessage(_ => FieldText.Required);
            RuleFor(x => x.OrganisationName).Name(Settings.OrganisationNameLength);
            RuleFor(x => x.TimeZone).Zone();
            RuleFor(x => x.BaseCurrency).Currency();
            RuleFor(x => x.DisplayName).Name(User.DisplayNameLength);
            RuleFor(x => x.Email).Email();
            RuleFor(x => x.Language).Language();
            RuleFor(x => x.Password).Custom((password, context) =>
            {
                if (PasswordRule.Mistake(password, context.InstanceToValidate.Email, context.InstanceToValidate.DisplayName) is { } mistake)
                {
                    context.AddFailure(mistake);
                }
            });
        }
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, ConsoleProofs proofs, HashingGate gate, TimeProvider time) : IHandler<Command, UserId>
    {
        public async Task<Result<UserId>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.BeginAlone(Locks.Rights, ct);
            var settings = await db.Settings.SingleAsync(ct);
            if (settings.SetUpAt is not null)
            {
                return new Problem(ProblemCode.Conflict, PeopleProblemText.AlreadySetUp);
            }

            if (proofs.Refuse(new ConsoleProof(AtTheMachine: false, request.Token), settings) is { } refused)
            {
                return refused;
            }

            var admin = new User
            {
                Id = UserId.New(),
                UserName = request.Email.Trim(),
                Email = request.Email.Trim(),
                EmailConfirmed = true,
                DisplayName = request.DisplayName.Trim(),
                Role = Role.Admin,
                Language = request.Language,
                CreatedAt = time.GetUtcNow(),
            };
            var created = await gate.Do(async () => Result<bool>.Of((await users.CreateAsync(admin, request.Password)).Succeeded), ct);
            if (created is not { Ok: true, Value: true })
            {
                return created.Problem ?? Invalid.Field("email", PeopleProblemText.EmailTaken);
            }

            settings.OrganisationName = request.OrganisationName.Trim();
            settings.TimeZone = request.TimeZone;
            settings.BaseCurrency = Currencies.CodeOf(request.BaseCurrency)!;
            settings.SetUp(time.GetUtcNow());
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return admin.Id;
        }
    }
}

using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Access;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Organisation;

/// <summary>Starts empty: the organisation, and its first admin, made by whoever reads the console.</summary>
public static class SetUpOrganisation
{
    public sealed record Command(
        string Token, string OrganisationName, string TimeZone, string BaseCurrency, string DisplayName, string Email, string Password,
        string Language = "en") : IRequest<UserId>
    {
        public static AccessLevel Access => AccessLevel.Anyone;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.Token).Must(FieldRules.HasText).WithMessage(_ => FieldMessages.Required);
            RuleFor(x => x.OrganisationName).Name(Settings.OrganisationNameLength);
            RuleFor(x => x.TimeZone).Zone();
            RuleFor(x => x.BaseCurrency).Currency();
            RuleFor(x => x.DisplayName).Name(User.DisplayNameLength);
            RuleFor(x => x.Email).Email();
            RuleFor(x => x.Language).Language();
            RuleFor(x => x.Password).Custom((password, context) =>
            {
                if (PasswordPolicy.Violation(password, context.InstanceToValidate.Email,
                    context.InstanceToValidate.DisplayName) is { } mistake)
                {
                    context.AddFailure(mistake);
                }
            });
        }
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, ConsoleProofVerifier proofs, PasswordHashingLimiter limiter,
        TimeProvider time) : IHandler<Command, UserId>
    {
        public async Task<Result<UserId>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.BeginExclusive(AdvisoryLocks.Rights, ct);
            var settings = await db.Settings.SingleAsync(ct);
            if (settings.SetUpAt is not null)
            {
                return new Problem(ProblemCode.Conflict, AccessMessages.AlreadySetUp);
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
            var created = await limiter.Do(async () => Result<bool>.Of((await users.CreateAsync(admin, request.Password)).Succeeded), ct);
            if (created is not { Ok: true, Value: true })
            {
                return created.Problem ?? ValidationProblem.ForField("email", AccessMessages.EmailTaken);
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

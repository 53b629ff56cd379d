using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.TestSupport;

/// <summary>People written straight into the database, for tests that are not about making them.</summary>
internal static class Seed
{
    public const string Password = "a password for tests only";

    /// <summary>A user who may sign in with <see cref="Password"/>, and their mail address.</summary>
    public static async Task<(UserId Id, string Email)> User(IServiceProvider services, Role role, TeamId? team, string language = "en")
    {
        var id = UserId.New();
        var email = $"{role}-{id}@test.example";
        var user = new User
        {
            Id = id,
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = true,
            DisplayName = $"{role} {id}",
            Role = role,
            TeamId = team,
            Language = language,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        user.PasswordHash = new PasswordHasher<User>().HashPassword(user, Password);
        await Save(services, user);
        return (id, email);
    }

    public static async Task<TeamId> Team(IServiceProvider services, TeamId? parent)
    {
        var id = TeamId.New();
        await Save(services, new Team { Id = id, Name = $"Team {id}", ParentId = parent, CreatedAt = TimeProvider.System.GetUtcNow() });
        return id;
    }

    public static async Task Join(IServiceProvider services, UserId user, TeamId team)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CrmDbContext>().Users.Where(u => u.Id == user)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.TeamId, team));
    }

    /// <summary>As after the set-up page: somebody may sign in.</summary>
    public static async Task SetUp(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CrmDbContext>().Settings
            .ExecuteUpdateAsync(
                set => set.SetProperty(s => s.SetUpAt, TimeProvider.System.GetUtcNow()).SetProperty(s => s.OrganisationName, "Test"));
    }

    private static async Task Save(IServiceProvider services, object entity)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        db.Add(entity);
        await db.SaveChangesAsync();
    }
}

using Npgsql;
using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Access;

/// <summary>Shortcuts of the tests about people.</summary>
internal static class CrmUsers
{
    public const string Password = "green boats on seven lakes";

    public static Caller As(this UserId user) => new(user, Channel.Page);

    public static async Task<T> Ok<T>(this CrmFixture crm, IRequest<T> request, Caller caller)
    {
        var result = await crm.Door.Send(request, caller, TestContext.Current.CancellationToken);
        Assert.True(result.Ok,
            $"{request.GetType()}: {result.Problem?.Code} {result.Problem?.Message} {string.Join(' ', result.Problem?.Errors.SelectMany(e => e.Value) ?? [])}");
        return result.Value;
    }

    public static async Task<Problem> No<T>(this CrmFixture crm, IRequest<T> request, Caller caller)
    {
        var result = await crm.Door.Send(request, caller, TestContext.Current.CancellationToken);
        Assert.False(result.Ok, $"{request.GetType()} was let through");
        return result.Problem!;
    }

    /// <summary>Somebody who has set a password by their invitation.</summary>
    public static async Task<UserId> Member(this CrmFixture crm, Role role, TeamId? team = null)
    {
        var link = await crm.Ok(new InviteUser.Command($"{Guid.NewGuid():N}@test.example", "Member", role, team), Caller.Console);
        return await crm.Ok(new SetPassword.Command(link.User, link.Purpose, link.Secret, Password), Caller.Anonymous);
    }

    /// <summary>An open deal in Awareness with the transition that made it, written straight into the database.</summary>
    public static async Task<DealId> DealOf(this CrmFixture crm, UserId owner)
    {
        var deal = DealId.New();
        await using var connection = await crm.AsOwner();
        await using var command = new NpgsqlCommand(
            """
            with customer as (
                insert into customers (id, name, created_at) values (gen_random_uuid(), 'Customer', now()) returning id),
            deal as (
                insert into deals (id, customer_id, title, owner_id, stage, outcome, entered_stage_at, rank, last_seq, furthest_stage, created_at)
                select @deal, id, 'Deal', @owner, 1, 0, now(), 'a', 1, 1, now() from customer returning id)
            insert into transitions (deal_id, seq, kind, to_stage, to_outcome, occurred_at, recorded_at, channel, hash)
            select id, 1, 1, 1, 0, now(), now(), 4, '' from deal
            """,
            connection);
        command.Parameters.AddWithValue("deal", deal.Value);
        command.Parameters.AddWithValue("owner", owner.Value);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return deal;
    }

    public static async Task<T> Scalar<T>(this CrmFixture crm, string sql, params object[] parameters)
    {
        await using var connection = await crm.AsOwner();
#pragma warning disable CA2100 // Constant texts of tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}

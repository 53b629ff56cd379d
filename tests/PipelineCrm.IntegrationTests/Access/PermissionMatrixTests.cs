using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.IntegrationTests.Access;

/// <summary>Every use case × role. A use case that is not in the table fails: whoever writes one says here who may send it.</summary>
public sealed class PermissionMatrixTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private static readonly Dictionary<AccessLevel, string[]> Table = new()
    {
        // LoadDemo itself refuses anybody but an admin once the set-up is done.
        [AccessLevel.Anyone] =
            ["AuthenticateApiToken", "BeginPasskeySignIn", "CheckConsoleProof", "LoadDemo", "OpenSignInLink", "GetSetupState",
                "SetPassword", "SetUpOrganisation", "SignIn", "SignInAsDemo", "SignInWithCode", "SignInWithPasskey"],
        [AccessLevel.SignedIn] =
        [
            "BeginSecondFactor", "ConfirmSecondFactor", "EndSecondFactor", "ReadSecondFactor",
            "AddPasskey", "BeginPasskey", "ListPasskeys", "RemovePasskey", "RenamePasskey",
            "ChangePassword", "ChangeProfile", "CheckSession", "CreateApiToken", "EndSession", "ListApiTokens", "ListUserSummaries",
            "ListSessions", "ListTeams", "GetProfile", "GetSettings", "RevokeApiToken",
            "DescribeOrganisation", "GetCustomer", "GetFunnel", "GetRules", "ListCodes", "ListContacts", "ListCustomerHistory",
            "ListCustomers", "ListFunnelDeals", "ListProducts",
            "ListRuleFields", "ListRuleVersions", "ListSeenTeams", "ListSeenUsers", "Search", "SearchCustomers",
            "CountDealChildren", "ExplainMoves", "FollowChanges", "GetBoard", "GetBoardChanges", "GetBoardColumn", "GetDeal", "GetDeals",
            "GetQuote", "ListClosedDeals", "ListDeals",
            "CloseBulkJob", "ListBulkJobs", "ListDealHistory", "ListFacts", "ListPayments", "ListQuotes", "ListRecords", "ListTransitions", "ListViews", "SelectColumn", "SelectRecords",
            "SumRecords",

            // Their own no is finer: a viewer who sees the deal is told forbidden, who does not see it not-found.
            "ChangeView", "DeleteView", "SaveView", "ArchiveDeal", "CreateDeal", "MoveDeal", "ReorderDeal", "RestoreDeal", "UndoTransition",
            "UpdateDeal",
        ],
        [AccessLevel.Writer] =
        [
            "AddContact", "AddPayment", "AddQuote", "ArchiveCustomer", "CreateCustomer", "FindSimilarCustomers", "GetBulkJob",
            "RunBulkJob", "StartBulkJob", "StopBulkJob", "UndoBulkJob",
            "RestoreCustomer", "UpdateContact", "UpdateCustomer",
            "UpdatePayment", "UpdateQuote", "WithdrawPayment", "WithdrawQuote",
        ],
        [AccessLevel.Manager] = ["ReassignDeals", "SaveProduct"],
        [AccessLevel.Admin] =
        [
            "AddCustomField", "ChangeCustomField", "ListCustomFields",
            "ChangeSettings", "ChangeTeam", "ChangeUser", "CreateTeam", "DeleteTeam", "DisableUser", "EnableUser", "InviteUser",
            "IssueApiToken", "IssueSignInLink",
            "ListImports", "ListUsers", "MakeCheckpoint", "RenewSetupToken", "ResetSecondFactor", "PublishRules", "RestoreRuleVersion",
            "RunImport", "SaveRuleDraft", "StartSession", "UndoImport", "VerifyLedger",
        ],
    };

    private static readonly Dictionary<AccessLevel, Role?[]> LetIn = new()
    {
        [AccessLevel.Anyone] = [null, Role.Viewer, Role.Rep, Role.Manager, Role.Admin],
        [AccessLevel.SignedIn] = [Role.Viewer, Role.Rep, Role.Manager, Role.Admin],
        [AccessLevel.Writer] = [Role.Rep, Role.Manager, Role.Admin],
        [AccessLevel.Manager] = [Role.Manager, Role.Admin],
        [AccessLevel.Admin] = [Role.Admin],
    };

    private UseCaseRegistry UseCases => crm.Services.GetRequiredService<UseCaseRegistry>();

    [Fact]
    public void Every_use_case_is_in_the_table_as_what_it_is()
    {
        var expected = Table.SelectMany(row => row.Value.Select(name => (name, row.Key)))
            .ToDictionary(x => x.name, x => (AccessLevel?)x.Key);
        Assert.NotEmpty(UseCases.All);
        Assert.All(UseCases.All, useCase =>
            Assert.True(expected.GetValueOrDefault(NameOf(useCase)) == useCase.Access,
                $"{NameOf(useCase)} asks for {useCase.Access}, the table says {expected.GetValueOrDefault(NameOf(useCase))}"));
    }

    [Fact]
    public async Task Nobody_below_the_needed_role_gets_past_the_door()
    {
        var tried = 0;
        foreach (var role in new Role?[] { null, Role.Viewer, Role.Rep, Role.Manager })
        {
            var caller = role is { } known ? (await crm.User(known)).As() : Caller.Anonymous;
            foreach (var useCase in UseCases.All.Where(useCase => !LetIn[useCase.Access].Contains(role)))
            {
                var problem = await Send(useCase, caller);
                Assert.True(problem?.Code == (role is null ? ProblemCode.Unauthenticated : ProblemCode.Forbidden),
                    $"{NameOf(useCase)} as {role}: {problem?.Code}");
                tried++;
            }
        }

        Assert.True(tried > 50, $"{tried} tried");
    }

    [Fact]
    public async Task Everybody_from_the_needed_role_on_gets_past_the_door()
    {
        foreach (var role in new Role?[] { null, Role.Viewer, Role.Rep, Role.Manager, Role.Admin })
        {
            await using var scope = crm.Services.CreateAsyncScope();
            var caller = role is { } known ? (await crm.User(known)).As() : Caller.Anonymous;
            var actor = await scope.ServiceProvider.GetRequiredService<ActorLoader>().Load(caller, TestContext.Current.CancellationToken);
            Assert.All(UseCases.All, useCase => Assert.Equal(LetIn[useCase.Access].Contains(role), actor.Has(useCase.Access)));
        }
    }

    /// <summary>Refused before anything is read from the request, so an empty one serves.</summary>
    private async Task<Problem?> Send(UseCase useCase, Caller caller)
    {
        var answer = useCase.Request.GetInterfaces().Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>))
            .GetGenericArguments()[0];
        var send = typeof(PermissionMatrixTests).GetMethod(nameof(SendAs),
            System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.MakeGenericMethod(answer);
        return await (Task<Problem?>)send.Invoke(this, [RuntimeHelpers.GetUninitializedObject(useCase.Request), caller])!;
    }

    private async Task<Problem?> SendAs<T>(IRequest<T> request, Caller caller) =>
        (await crm.Door.Send(request, caller, TestContext.Current.CancellationToken)).Problem;

    private static string NameOf(UseCase useCase) => UseCaseRegistry.NameOf(useCase.Request);
}

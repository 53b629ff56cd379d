using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Access;
using PipelineCrm.Customers;
using PipelineCrm.CustomFields;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.IntegrationTests.Live;
using PipelineCrm.Lists;
using PipelineCrm.Products;
using PipelineCrm.Rules;
using PipelineCrm.Views;

namespace PipelineCrm.IntegrationTests.UseCases;

/// <summary>What is sent twice under one operation id is done once, whatever it is. A command that is in neither list fails: whoever writes
/// one says here which it is.</summary>
public sealed class IdempotentCommandTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    /// <summary>They change what is there, and its version or its state says whether they did; or nobody sends them twice (console,
    /// sign-in).</summary>
    private static readonly string[] Changing =
    [
        "AddPasskey", "ArchiveCustomer", "ArchiveDeal", "ChangeCustomField", "ChangePassword", "ChangeProfile", "ChangeSettings",
        "ChangeTeam", "ChangeUser", "ChangeView", "CloseBulkJob", "DeleteTeam", "DeleteView", "DisableUser", "EnableUser",
        "EndSecondFactor", "EndSession", "LoadDemo", "MakeCheckpoint", "ReorderDeal", "ReassignDeals", "RenewSetupToken",
        "RemovePasskey", "RenamePasskey", "ResetSecondFactor", "RestoreCustomer", "RestoreDeal",
        "RevokeApiToken", "RunBulkJob", "RunImport", "SaveRuleDraft", "SetPassword", "SetUpOrganisation", "SignIn", "SignInWithCode",
        "SignInWithPasskey", "StartSession", "StopBulkJob",
        "UndoBulkJob", "UndoImport", "UpdateContact", "UpdateCustomer",
        "UpdateDeal", "UpdatePayment", "UpdateQuote", "WithdrawPayment", "WithdrawQuote",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Creating => new(Examples.Keys);

    /// <summary>A command that creates, and the same with another content.</summary>
    private static Dictionary<string, Func<CrmFixture, UserId, Task<(object Command, object Other)>>> Examples => new()
    {
        ["CreateCustomer"] = (_, _) => Pair(new CreateCustomer.Command("Orchard Ltd"), new CreateCustomer.Command("Orchards Ltd")),
        ["AddContact"] = async (crm, by) =>
        {
            var contact = new AddContact.Command(await crm.Customer(by), "Robin");
            return (contact, contact with { DecisionMaker = true });
        },
        ["CreateDeal"] = async (crm, by) =>
        {
            var deal = new CreateDeal.Command(await crm.Customer(by), "Boats", 100m);
            return (deal, new CreateDeal.Command(deal.CustomerId, "Boats", 101m));
        },
        ["AddQuote"] = async (crm, by) =>
        {
            var product = await crm.Ok(new SaveProduct.Command(null, 0, $"Boat {Guid.NewGuid()}", 10m, "USD"), by.As());
            var quote = new AddQuote.Command((await crm.NewDeal(by)).Id, [new AddQuote.Line(product.Id)]);
            return (quote, quote with { Lines = [new AddQuote.Line(product.Id, 2)] });
        },
        ["AddPayment"] = async (crm, by) =>
        {
            var payment = new AddPayment.Command((await crm.NewDeal(by)).Id, 123m, "USD", PaymentMethod.Card);
            return (payment, payment with { Amount = 124m });
        },
        ["SaveProduct"] = (_, _) =>
        {
            var product = new SaveProduct.Command(null, 0, $"Boat {Guid.NewGuid()}", 10m, "USD");
            return Pair(product, product with { Price = 11m });
        },
        ["AddCustomField"] = (_, _) =>
        {
            var added = new AddCustomField.Command(FactSubject.Deal, $"f{Guid.NewGuid():N}", FactType.Text, ("Berth", "泊位"));
            return Pair(added, added with { Type = FactType.Number });
        },
        ["SaveView"] = (_, _) =>
        {
            var view = new SaveView.Command("deals", "Mine", JsonSerializer.SerializeToElement(new { sort = "title" }));
            return Pair(view, view with { Name = "Ours" });
        },
        ["StartBulkJob"] = async (crm, by) =>
        {
            var (deal, none) = (await crm.NewDeal(by), JsonFieldDictionary.None);
            var job = new StartBulkJob.Command(FactSubject.Deal, [new SeenRecord(deal.Id.Value, deal.Version)], none, true);
            return (job, job with { Archived = false });
        },
        ["CreateTeam"] = (_, _) => Pair(new CreateTeam.Command($"Team {Guid.NewGuid()}"), new CreateTeam.Command("Another")),
        ["InviteUser"] = (_, _) =>
        {
            var user = new InviteUser.Command($"{Guid.NewGuid():N}@test.example", "Robin", Role.Rep);
            return Pair(user, user with { Role = Role.Viewer });
        },
        ["CreateApiToken"] = (_, _) => Pair(new CreateApiToken.Command("Till"), new CreateApiToken.Command("Tills")),
        ["IssueApiToken"] = async (crm, by) =>
        {
            var token = new IssueApiToken.Command((await crm.Ok(new GetProfile.Query(), by.As())).Email!, "Till");
            return (token, token with { Name = "Tills" });
        },
        ["BeginSecondFactor"] = (_, _) => Pair(new BeginSecondFactor.Command(), new ConfirmSecondFactor.Command("000000")),
        ["ConfirmSecondFactor"] = async (crm, by) =>
        {
            var begun = await crm.Ok(new BeginSecondFactor.Command(), by.As());
            return (new ConfirmSecondFactor.Command(Totp.Code(begun.Key)), new ConfirmSecondFactor.Command("000000"));
        },
        ["IssueSignInLink"] = async (crm, by) => (new IssueSignInLink.Command(await crm.Member(Role.Rep)), new IssueSignInLink.Command(by)),
        ["PublishRules"] = async (crm, by) =>
        {
            await new OutboxActors(crm, by, by, by).SaveDraft();
            return (new PublishRules.Command("A note"), new PublishRules.Command("Another note"));
        },
        ["RestoreRuleVersion"] = (_,
            _) => Pair(new RestoreRuleVersion.Command(1, "A note"), new RestoreRuleVersion.Command(1, "Another note")),
        ["MoveDeal"] = async (crm, by) =>
        {
            var move = (await crm.NewDeal(by)).Move(MoveKind.Advance) with { IdempotencyKey = "MoveDeal" };
            return (move, move with { Kind = MoveKind.Lose });
        },
        ["UndoTransition"] = async (crm, by) =>
        {
            var moved = await crm.Ok((await crm.NewDeal(by)).Move(MoveKind.Advance), by);
            return (new UndoTransition.Command(moved.Transition.Id),
                new UndoTransition.Command(moved.Transition.Id, new Dictionary<string, UndoChoice> { ["amount"] = UndoChoice.Keep }));
        },
    };

    [Fact]
    public void Every_command_is_known_to_create_or_to_change()
    {
        var commands = crm.Services.GetRequiredService<UseCaseRegistry>().All.Where(useCase => useCase.Writes)
            .Select(useCase => UseCaseRegistry.NameOf(useCase.Request));
        Assert.Equal(Changing.Concat(Examples.Keys).Order(StringComparer.Ordinal), commands.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Creating))]
    public async Task What_creates_is_done_once_under_one_id_and_answers_the_same(string name)
    {
        var by = await crm.User(Role.Admin);
        var (command, other) = await Examples[name](crm, by);
        var first = await Sent(command, by, name);
        Assert.True(first.Problem is null, first.Problem?.Message);
        var rows = await Rows();

        var again = await Sent(command, by, name);
        Assert.Equal(rows, await Rows());
        if (first.Value is ISecretResponse)
        {
            Assert.Equal(ProblemCode.DoneBefore, again.Problem?.Code);
            Assert.Equal("null",
                await crm.Ask<string>("select answer::text from stored_answers where user_id = $1 and key = $2", by.Value, name));
        }
        else
        {
            Assert.Equal(JsonSerializer.Serialize(first.Value, WireNames.Json), JsonSerializer.Serialize(again.Value, WireNames.Json));
        }

        Assert.Equal(ProblemCode.IdempotencyKeyReused, (await Sent(other, by, name)).Problem?.Code);
        Assert.Equal(rows, await Rows());
    }

    [Fact]
    public async Task Two_at_the_same_time_are_one()
    {
        var by = await crm.User(Role.Rep);
        var payment = new AddPayment.Command((await crm.NewDeal(by)).Id, 123m, "USD", PaymentMethod.Card);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => crm.Door.Send(payment, by.As(), "at once", Ct)));
        Assert.All(answers, answer => Assert.Equal(answers[0].Value!.Id, answer.Value!.Id));
        Assert.Equal(1L, await crm.Ask<long>("select count(*) from payments where deal_id = $1", payment.DealId.Value));
    }

    [Fact]
    public async Task An_id_is_free_while_nothing_was_written_and_is_its_users_own()
    {
        var (by, other) = (await crm.User(Role.Rep), await crm.User(Role.Rep));
        Assert.Equal(ProblemCode.Validation, (await crm.Door.Send(new CreateCustomer.Command(""), by.As(), "mine", Ct)).Problem?.Code);
        Assert.Equal(ProblemCode.Validation,
            (await crm.Door.Send(new CreateDeal.Command(CustomerId.New(), "Boats"), by.As(), "mine", Ct)).Problem?.Code);
        var made = await crm.Door.Send(new CreateCustomer.Command("Orchard Ltd"), by.As(), "mine", Ct);
        var theirs = await crm.Door.Send(new CreateCustomer.Command("Orchard Ltd"), other.As(), "mine", Ct);
        Assert.True(made.Ok && theirs.Ok);
        Assert.NotEqual(made.Value.Id, theirs.Value.Id);
        Assert.Equal(ProblemCode.IdempotencyKeyReused,
            (await crm.Door.Send(new AddContact.Command(made.Value.Id, "Robin"), by.As(), "mine", Ct)).Problem?.Code);
    }

    [Fact]
    public async Task A_refused_opening_stays_in_the_ledger_and_leaves_its_id_free()
    {
        var by = await crm.User(Role.Rep);
        var opening = new CreateDeal.Command(await crm.Customer(by), "Boats", Stage: Stage.Decision);
        Assert.Equal(ProblemCode.MoveRefused, (await crm.Door.Send(opening, by.As(), "refused", Ct)).Problem?.Code);
        Assert.Equal(1L, await crm.Ask<long>("select count(*) from refusals where customer_id = $1", opening.CustomerId.Value));
        Assert.True((await crm.Door.Send(opening with { Stage = Stage.Awareness }, by.As(), "refused", Ct)).Ok);
    }

    [Fact]
    public async Task Who_does_not_see_the_deal_any_more_is_not_told_of_it_again()
    {
        var (by, heir) = (await crm.User(Role.Rep), await crm.User(Role.Rep));
        var payment = new AddPayment.Command((await crm.NewDeal(by)).Id, 123m, "USD", PaymentMethod.Card);
        Assert.True((await crm.Door.Send(payment, by.As(), "seen", Ct)).Ok);
        await crm.Ok(new ReassignDeals.Command(by, heir), (await crm.User(Role.Admin)).As());
        Assert.Equal(ProblemCode.NotFound, (await crm.Door.Send(payment, by.As(), "seen", Ct)).Problem?.Code);
    }

    /// <summary>How many rows each table holds, but for those of the answers themselves.</summary>
    private Task<string> Rows() => crm.Ask<string>(
        """
        select string_agg(format('%s %s', t.relname, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', t.relname), false, true, '')))[1]), ', ' order by t.relname)
        from pg_class t where t.relnamespace = 'public'::regnamespace and t.relkind = 'r'
        """);

    private async Task<(object? Value, Problem? Problem)> Sent(object command, UserId by, string operation)
    {
        var answer = command.GetType().GetInterfaces().Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>))
            .GetGenericArguments()[0];
        var send = typeof(IdempotentCommandTests).GetMethod(nameof(SendAs),
            System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.MakeGenericMethod(answer);
        return await (Task<(object?, Problem?)>)send.Invoke(this, [command, by, operation])!;
    }

    private async Task<(object? Value, Problem? Problem)> SendAs<T>(IRequest<T> request, UserId by, string operation)
    {
        var result = await crm.Door.Send(request, by.As(), operation, Ct);
        return (result.Value, result.Problem);
    }

    private static Task<(object, object)> Pair(object command, object other) => Task.FromResult((command, other));
}

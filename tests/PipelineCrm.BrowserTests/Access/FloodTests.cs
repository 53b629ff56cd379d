using System.Globalization;
using System.Net;
using PipelineCrm.Access;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Access;

/// <summary>Many who guess, and those who must get in meanwhile.</summary>
public sealed class FloodTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private const string Wrong = "wrong wrong wrong";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_guesses_from_one_address_is_told_to_wait_whatever_account_they_try()
    {
        await Seed.SetUp(app.Services);
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(async number =>
        {
            using var client = new PlainClient(app.Address, "127.0.1.1");
            return await client.SignIn($"nobody-{number}@test.example", Wrong);
        }));
        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), 1, 12);
        IsSlowed(answers);
        await GetsIn("127.0.1.2");
    }

    [Fact]
    public async Task Whoever_guesses_at_an_account_locks_nobody_out_of_it()
    {
        await Seed.SetUp(app.Services);
        var (id, email) = await Seed.User(app.Services, Role.Admin, null);
        using var own = new PlainClient(app.Address, "127.0.2.1");
        Assert.Equal(HttpStatusCode.Redirect, (await own.SignIn(email, Seed.Password)).StatusCode);
        (await own.SendForm("/sign-out", "sign-out")).Dispose();

        var answers = new List<HttpResponseMessage>();
        for (var number = 0; number < 40; number++)
        {
            using var client = new PlainClient(app.Address, $"127.0.3.{1 + number}");
            answers.Add(await client.SignIn(email, Wrong));
        }

        IsSlowed(answers);
        // The browser that was in before is known: no stranger's guesses hold it up.
        Assert.Equal(HttpStatusCode.Redirect, (await own.SignIn(email, Seed.Password)).StatusCode);
        // From a new browser there is the link.
        var link = (await app.Door.Send(new IssueSignInLink.Command(id), Caller.Console, Ct)).Value!;
        using var elsewhere = new PlainClient(app.Address, "127.0.3.1");
        const string fresh = "green boats on seven lakes";
        using var set = await elsewhere.SendForm(link.PathAndQuery, "set-password", ("Password", fresh), ("Repeated", fresh));
        Assert.True(set.StatusCode == HttpStatusCode.Redirect, await set.Content.ReadAsStringAsync(Ct));
        using var inside = await elsewhere.Get("/profile");
        Assert.Equal(HttpStatusCode.OK, inside.StatusCode);
    }

    [Fact]
    public async Task An_account_that_does_not_exist_is_slowed_down_like_one_that_does()
    {
        await Seed.SetUp(app.Services);
        var (_, email) = await Seed.User(app.Services, Role.Rep, null);
        var known = await Statuses(email, "127.0.4.1");
        var unknown = await Statuses("nobody-at-all@test.example", "127.0.4.2");
        // Which of the later ones finds the pause over is a matter of milliseconds.
        const int first = 6;
        Assert.Equal(known.Take(first), unknown.Take(first));
        Assert.Contains(HttpStatusCode.TooManyRequests, known);
        Assert.Contains(HttpStatusCode.TooManyRequests, unknown);
        Assert.InRange(unknown.Count(status => status == HttpStatusCode.OK) - known.Count(status => status == HttpStatusCode.OK), -2, 2);
    }

    private async Task<List<HttpStatusCode>> Statuses(string email, string from)
    {
        var statuses = new List<HttpStatusCode>();
        for (var number = 0; number < 9; number++)
        {
            using var client = new PlainClient(app.Address, from);
            using var answer = await client.SignIn(email, Wrong);
            statuses.Add(answer.StatusCode);
        }

        return statuses;
    }

    private async Task GetsIn(string from)
    {
        var (_, email) = await Seed.User(app.Services, Role.Rep, null);
        using var client = new PlainClient(app.Address, from);
        using var answer = await client.SignIn(email, Seed.Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private static void IsSlowed(IReadOnlyCollection<HttpResponseMessage> answers)
    {
        var slowed = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.True(slowed.Count >= answers.Count / 2, string.Join(' ', answers.Select(answer => (int)answer.StatusCode)));
        Assert.All(slowed,
            answer => Assert.InRange(int.Parse(answer.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 3600));
    }
}

using PipelineCrm.Web.Hosting;

namespace PipelineCrm.Tests.Hosting;

/// <summary>How commands are read before anything is started: the words of mistakes, and what is not one.</summary>
public sealed class CommandReaderTests
{
    private const string User = "Usage: eng/run user EMAIL [--role rep|manager|admin|viewer [--team NAME]]";

    private const string Import = """
        Usage: eng/run import FILE… --mapping NAME|FILE.json [--dry-run] [--good-rows] [--errors FILE] [--as EMAIL]
               eng/run import --list
               eng/run import --undo [NUMBER] [--as EMAIL]
        """;

    public static TheoryData<string, string> Mistakes => new()
    {
        { "serve nonsense", "serve does not understand: nonsense\nUsage: eng/run serve [--urls URL]" },
        { "serve --urls nonsense",
            "nonsense is no address to listen on, such as http://127.0.0.1:5080.\nUsage: eng/run serve [--urls URL]" },
        { "--urls=nonsense", "nonsense is no address to listen on, such as http://127.0.0.1:5080.\nUsage: eng/run serve [--urls URL]" },
        { "--nonsense", "serve does not understand: --nonsense\nUsage: eng/run serve [--urls URL]" },
        { "--urls http://x y", "serve does not understand: --urls http://x y\nUsage: eng/run serve [--urls URL]" },
        { "migrate x", "migrate takes no arguments.\nUsage: eng/run migrate" },
        { "verify x", "verify does not understand x.\nUsage: eng/run verify [--checkpoint] [--against FILE]" },
        { "demo x", "demo takes no arguments.\nUsage: eng/run demo" },
        { "user", $"user needs an e-mail address.\n{User}" },
        { "user a@b.example --team North", $"--team needs --role: it is for a new user.\n{User}" },
        { "user a@b.example --role king", $"--role needs rep, manager, admin or viewer.\n{User}" },
        { "user a@b.example --role", $"--role needs rep, manager, admin or viewer.\n{User}" },
        { "user a@b.example b@b.example --role rep", $"user does not understand b@b.example.\n{User}" },
        { "user --nonsense --role rep", $"user does not understand --nonsense.\n{User}" },
        { "user -x --role rep", $"user does not understand -x.\n{User}" },
        { "user a@b.example --role rep --team", $"--team needs a value.\n{User}" },
        { "token", "token needs one e-mail address.\nUsage: eng/run token EMAIL" },
        { "token --x", "token needs one e-mail address.\nUsage: eng/run token EMAIL" },
        { "token a b", "token needs one e-mail address.\nUsage: eng/run token EMAIL" },
        { "import", $"Name at least one file.\n{Import}" },
        { "import --mapping maven-crm", $"Name at least one file.\n{Import}" },
        { "import x.csv", $"Say how to read the files with --mapping: maven-crm, or a JSON file.\n{Import}" },
        { "import x.csv --mapping", $"--mapping needs a value.\n{Import}" },
        { "import x.csv --nonsense --mapping maven-crm", $"import does not understand --nonsense.\n{Import}" },
        { "import --list x", $"import --list takes nothing else.\n{Import}" },
        { "import --undo x", $"import --undo does not understand x.\n{Import}" },
        { "import --undo 1 x", $"import --undo does not understand x.\n{Import}" },
        { "import --undo --as", $"--as needs a value.\n{Import}" },
        { "import --undo 1 --as", $"--as needs a value.\n{Import}" },
        { "backup", "Name one file.\nUsage: eng/run backup FILE" },
        { "backup a b", "Name one file.\nUsage: eng/run backup FILE" },
        { "restore", "Name one file.\nUsage: eng/run restore FILE [--force]" },
        { "restore a --nonsense", "restore does not understand --nonsense.\nUsage: eng/run restore FILE [--force]" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_with_the_usage(string line, string said)
    {
        var reading = CommandReader.Read(Words(line));
        Assert.Equal((said, (string?)null, true), (reading.Mistake, reading.Answer, reading.Invocation is null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("serve")]
    [InlineData("--urls=http://127.0.0.1:1")]
    [InlineData("serve --urls http://127.0.0.1:1;http://127.0.0.1:2")]
    [InlineData("migrate")]
    [InlineData("user a@b.example --role rep --team North")]
    [InlineData("user --role viewer a@b.example")]
    [InlineData("token a@b.example")]
    [InlineData("import a.csv b.csv --mapping maven-crm --dry-run --good-rows --errors bad.csv --as a@b.example")]
    [InlineData("import --mapping maven-crm -a.csv @b.csv")]
    [InlineData("import --list")]
    [InlineData("import --undo")]
    [InlineData("import --undo 3")]
    [InlineData("import --undo 3 --as a@b.example")]
    [InlineData("import --undo --as a@b.example")]
    [InlineData("verify")]
    [InlineData("demo")]
    [InlineData("backup a.backup")]
    [InlineData("restore a.backup --force")]
    public void What_the_help_shows_is_understood(string line)
    {
        var reading = CommandReader.Read(Words(line));
        Assert.Null(reading.Mistake);
        Assert.NotNull(reading.Invocation);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    public void Help_names_every_command(string line)
    {
        var help = CommandReader.Read(Words(line)).Answer;
        Assert.StartsWith("Usage: eng/run [COMMAND] [ARGS]\n\n  serve [--urls URL]  ", help, StringComparison.Ordinal);
        Assert.All(
            new[] { "serve", "migrate", "user", "token", "import", "verify", "demo", "backup", "restore", "--help" },
            name => Assert.Contains($"\n  {name} ", help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("token --help", "Usage: eng/run token EMAIL")]
    [InlineData("serve -h", "Usage: eng/run serve [--urls URL]")]
    [InlineData("restore --help", "Usage: eng/run restore FILE [--force]")]
    public void Each_command_shows_its_usage(string line, string usage) => Assert.Equal(usage, CommandReader.Read(Words(line)).Answer);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("nonsense --help")]
    public void An_unknown_command_is_named(string line) =>
        Assert.StartsWith("There is no command nonsense.\n\nUsage: eng/run [COMMAND] [ARGS]", CommandReader.Read(Words(line)).Mistake,
            StringComparison.Ordinal);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

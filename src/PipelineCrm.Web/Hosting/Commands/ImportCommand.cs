using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineCrm.Imports;

namespace PipelineCrm.Web.Hosting;

/// <summary>Imports files; the result is printed in sentences, and as JSON on the last line.</summary>
internal static class ImportCommand
{
    private const int ErrorsShown = 20;

    public static readonly Command Entry = new(
        "import",
        [
            new("FILE… --mapping NAME|FILE.json [--dry-run] [--good-rows] [--errors FILE] [--as EMAIL]",
                "loads files of the past by a mapping"),
            new("--list", "says what was imported"),
            new("--undo [NUMBER] [--as EMAIL]", "takes an import back as a whole, the latest unless told"),
        ],
        Define);

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static Func<ParseResult, Invocation> Define(System.CommandLine.Command command)
    {
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.ZeroOrMore };
        var mapping = new Option<string>("--mapping");
        var dryRun = new Option<bool>("--dry-run") { Arity = ArgumentArity.Zero };
        var goodRows = new Option<bool>("--good-rows") { Arity = ArgumentArity.Zero };
        var errors = new Option<string>("--errors");
        var email = new Option<string>("--as");
        var list = new Option<bool>("--list") { Arity = ArgumentArity.Zero };
        var undo = new Option<string>("--undo") { Arity = ArgumentArity.ZeroOrOne };
        command.Add(files);
        foreach (var option in new Option[] { mapping, dryRun, goodRows, errors, email, list, undo })
        {
            command.Add(option);
        }

        return parsed =>
        {
            var named = parsed.GetValue(files) ?? [];
            var given = parsed.CommandResult.Children.OfType<OptionResult>().Where(option => !option.Implicit).ToList();
            if (parsed.GetValue(list))
            {
                return given.Count > 1 || named.Length > 0 ? Invocation.Wrong("import --list takes nothing else.") : ImportsCommand.List();
            }

            if (parsed.GetResult(undo) is { Implicit: false })
            {
                var others = given.Where(option => option.Option != undo && option.Option != email).Select(option => option.Option.Name)
                    .Concat(named);
                return ImportsCommand.Undo(parsed.GetValue(undo), others.FirstOrDefault(), parsed.GetValue(email));
            }

            return named.Length == 0 ? Invocation.Wrong("Name at least one file.")
                : parsed.GetValue(mapping) is not { } by ? Invocation.Wrong(
                    $"Say how to read the files with --mapping: {string.Join(", ", ImportMappingSource.Shipped)}, or a JSON file.")
                : Invocation.Of((app, ct) => Run(app, new(named, by, parsed.GetValue(dryRun), parsed.GetValue(goodRows),
                    parsed.GetValue(errors), parsed.GetValue(email)), ct));
        };
    }

    private static async Task<int> Run(WebApplication app, Options asked, CancellationToken ct)
    {
        if (asked.Unreadable() is { } missing)
        {
            await Console.Error.WriteLineAsync($"{missing} is not there, or may not be read.");
            return 1;
        }

        var command = new RunImport.Command(
            [.. asked.Files.Select(path => new ImportFile(Path.GetFileName(path), () => File.OpenRead(path)))],
            asked.Source(),
            asked.DryRun,
            asked.GoodRows,
            asked.Errors is null ? null : asked.OpenErrors,
            asked.As);
        var result = await app.Services.GetRequiredService<UseCaseSender>().Send(command, Caller.Console, ct);
        if (!result.Ok)
        {
            await Console.Error.WriteLineAsync(result.Problem.Message);
            return 1;
        }

        await Tell(asked, result.Value);
        return result.Value.Done ? 0 : 1;
    }

    private static async Task Tell(Options asked, RunImport.Answer answer)
    {
        foreach (var error in answer.Errors.Take(ErrorsShown))
        {
            await Console.Error.WriteLineAsync(error.ToString());
        }

        if (answer.Errors.Count > ErrorsShown)
        {
            await Console.Error.WriteLineAsync($"… and more; --errors FILE gives all {answer.Rejected} bad rows back.");
        }

        foreach (var note in answer.Notes)
        {
            await Console.Out.WriteLineAsync(note);
        }

        var rows = answer.Read.Values.Sum();
        if (!answer.Done)
        {
            await Console.Error.WriteLineAsync(
                $"{answer.Rejected} of {rows} rows cannot be imported. Nothing was changed: mend them, or import the good ones with --good-rows.");
        }

        await Console.Error.WriteLineAsync(Speed(rows, answer));
        await Console.Out.WriteLineAsync(asked.DryRun ? "Dry run: nothing was changed. It would come to:"
            : answer.Done ? "Imported:" : "Nothing was imported:");
        await Console.Out.WriteLineAsync(
            $"{answer.Created.Deals} deals, {answer.Created.Customers} customers, {answer.Created.Users} users, {answer.Created.Products} products made; "
            + $"{answer.Updated.Customers + answer.Updated.Products} updated; "
            + $"{answer.Skipped.Deals} deals, {answer.Skipped.Customers} customers, {answer.Skipped.Users} users, {answer.Skipped.Products} products were there already");
        if (answer.Import is { } number)
        {
            await Console.Out.WriteLineAsync($"This is import {number}; import --undo {number} takes it back.");
        }

        var skipped = answer.Skipped == new ImportCounts() ? null : answer.Skipped;
        await Console.Out.WriteLineAsync(
            JsonSerializer.Serialize(new { answer.Read, answer.Created, answer.Updated, skipped, answer.Rejected, answer.Import }, Json));
    }

    private static string Speed(long rows, RunImport.Answer answer) => string.Create(
        CultureInfo.InvariantCulture,
        $"{rows} rows in {answer.Took.TotalSeconds:0.00} s, {rows / answer.Took.TotalSeconds:0} rows/s")
        + (answer.PlainCopy is { } plain
            ? string.Create(CultureInfo.InvariantCulture,
                $"; a plain COPY of the same rows: {plain.TotalSeconds:0.000} s, {rows / plain.TotalSeconds:0} rows/s")
            : "");

    private sealed record Options(IReadOnlyList<string> Files, string Mapping, bool DryRun, bool GoodRows, string? Errors, string? As)
    {
        private int _opened;

        /// <summary>The first file that cannot be read; null where all can.</summary>
        public string? Unreadable() => Files.Concat(IsJson ? [Mapping] : []).FirstOrDefault(path => !CanRead(path));

        public ImportMappingSource Source() => IsJson ? new ImportMappingSource(null, File.ReadAllText(Mapping))
            : new ImportMappingSource(Mapping, null);

        /// <summary>The bad rows of the first file go to the file that was named, those of others beside it, by their name.</summary>
        public FileStream OpenErrors(string source) => File.Create(_opened++ == 0
            ? Errors!
            : Path.Combine(Path.GetDirectoryName(Errors!) ?? "", $"{Path.GetFileNameWithoutExtension(Errors)}.{source}"));

        private bool IsJson => Mapping.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

        private static bool CanRead(string path)
        {
            try
            {
                File.OpenRead(path).Dispose();
                return true;
            }
            catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }
}

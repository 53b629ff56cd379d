using System.Globalization;
using System.Text.Json;
using PipelineCrm.Imports;

namespace PipelineCrm.Web.Hosting;

/// <summary>What the import command does about imports that were made: it lists them, and undoes one as a whole.</summary>
internal static class ImportsCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Invocation List() => Invocation.Of(RunList);

    /// <param name="number">Null: the latest.</param>
    /// <param name="unexpected">A word that does not belong there; null where there is none.</param>
    public static Invocation Undo(string? number, string? unexpected, string? email)
    {
        if (number is null)
        {
            return unexpected is null ? Of(null) : Wrong(unexpected);
        }

        return !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var named) ? Wrong(number)
            : unexpected is null ? Of(named) : Wrong(unexpected);

        Invocation Of(int? which) => Invocation.Of((app, ct) => RunUndo(app, new UndoImport.Command(which, email), ct));

        static Invocation Wrong(string word) => Invocation.Wrong($"import --undo does not understand {word}.");
    }

    private static async Task<int> RunList(WebApplication app, CancellationToken ct)
    {
        var listed = await app.Services.GetRequiredService<UseCaseSender>().Send(new ListImports.Query(), Caller.Console, ct);
        if (!listed.Ok)
        {
            return await CommandFailure.Print(listed.Problem);
        }

        foreach (var import in listed.Value)
        {
            await Console.Out.WriteLineAsync(Line(import));
        }

        if (listed.Value.Count == 0)
        {
            await Console.Out.WriteLineAsync("Nothing was imported yet.");
        }

        return 0;
    }

    private static string Line(ListImports.Item import)
    {
        var made = import.Created;
        var undone = import.UndoneAt is { } at ? $"; undone {Instant(at)} by {import.UndoneBy}" : "";
        return $"{import.Number}  {Instant(import.At)}  {import.By}  {import.Mapping} ({string.Join(", ", import.Files)}): "
            + $"{made.Deals} deals, {made.Customers + made.Placeholders} customers, {made.Users} users, {made.Products} products made; "
            + $"{import.Updated.Customers + import.Updated.Products} updated; {import.Rejected} rows rejected{undone}";
    }

    private static string Instant(DateTimeOffset at) => at.ToString("u", CultureInfo.InvariantCulture);

    private static async Task<int> RunUndo(WebApplication app, UndoImport.Command command, CancellationToken ct)
    {
        var undone = await app.Services.GetRequiredService<UseCaseSender>().Send(command, Caller.Console, ct);
        if (!undone.Ok)
        {
            await Console.Error.WriteLineAsync(undone.Problem.Message);
            return 1;
        }

        var answer = undone.Value;
        await Console.Out.WriteLineAsync($"Import {answer.Import} was undone:");
        await Console.Out.WriteLineAsync($"{answer.Deals} deals are void: they count nowhere");
        await Console.Out.WriteLineAsync(
            $"{answer.Customers} customers are archived, {answer.CustomersKept} stay, since they are used besides");
        await Console.Out.WriteLineAsync($"{answer.Products} products are out of use, {answer.ProductsKept} stay in use");
        await Console.Out.WriteLineAsync($"{answer.Users} users and {answer.Teams} teams stay as they are");
        await Console.Out.WriteLineAsync(
            $"{answer.PutBack} customers and products that were there before are as they were, {answer.Updated} keep some of what the import wrote");
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new { Undone = answer }, Json));
        return 0;
    }
}

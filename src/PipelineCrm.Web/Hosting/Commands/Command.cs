namespace PipelineCrm.Web.Hosting;

/// <summary>One entry of the table of commands.</summary>
/// <param name="Parse">Reads the arguments, before anything is started.</param>
internal sealed record Command(string Name, string Arguments, string Does, Func<string[], Invocation> Parse)
{
    /// <summary>Of several entries with one name: the word by which this one is meant. Null: whatever no other is meant by.</summary>
    public string? Word { get; init; }

    public string Call => $"{Name} {Arguments}".TrimEnd();
}

using System.Diagnostics.CodeAnalysis;

namespace PipelineCrm.Web.Api;

/// <summary>A value from the route or the query that knows whether it could be read; the group's filter answers 400 with its name before a
/// handler sees a bad one.</summary>
internal interface IArg
{
    /// <summary>Null where the value could be read, else what was expected.</summary>
    string? Expected { get; }
}

/// <typeparam name="T">An id, an enum (by its wire name), a number, a bool or a date.</typeparam>
internal readonly record struct Arg<T>(T Value, string? Expected) : IArg where T : struct
{
    public static bool TryParse(string? text, IFormatProvider? provider, [NotNullWhen(true)] out Arg<T> result)
    {
        result = Args<T>.Read(text ?? "", out var value) ? new Arg<T>(value, null) : new Arg<T>(default, Args<T>.Expected);
        return true;
    }
}

/// <summary>Which documented parameters of an endpoint are not there yet.</summary>
internal sealed record NotYetParameters(IReadOnlyCollection<string> Names);

/// <summary>Of every list: how much, and from where on.</summary>
internal readonly record struct PageArgs(Arg<int>? Limit, string? After)
{
    public Kernel.PageRequest Request => new(Limit?.Value ?? Kernel.PageRequest.DefaultLimit, string.IsNullOrEmpty(After) ? null : After);
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using PipelineCrm.Domain;

namespace PipelineCrm.UseCases;

/// <summary>What the use cases tell about themselves: names, outcomes and durations, never what was asked or by whom.</summary>
public static class UseCaseTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "PipelineCrm";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Durations =
        Meter.CreateHistogram<double>("pipelinecrm.use_case.duration", "s", "Time that a use case took, by its name and outcome.");

    private static readonly Counter<long> MovesByVerdict =
        Meter.CreateCounter<long>("pipelinecrm.moves", "{move}", "Moves that were judged, by verdict and kind.");

    /// <param name="outcome"><c>ok</c> or a code of <see cref="ProblemCode"/>.</param>
    internal static void Finished(string useCase, string outcome, TimeSpan took) =>
        Durations.Record(took.TotalSeconds, new KeyValuePair<string, object?>("use_case", useCase),
            new KeyValuePair<string, object?>("outcome", outcome));

    internal static void Judged(Verdict verdict) =>
        MovesByVerdict.Add(
            1,
            new KeyValuePair<string, object?>("kind", verdict.Kind.ToWire()),
            new KeyValuePair<string, object?>("verdict", verdict.Result.ToWire()));
}

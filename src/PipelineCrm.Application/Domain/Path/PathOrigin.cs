namespace PipelineCrm.Domain;

/// <summary>From where a row's moves start.</summary>
/// <param name="Text">As people say it, e.g. "Open, stages 1–4".</param>
/// <param name="Positions">A null position: no deal yet.</param>
public sealed record PathOrigin(string Text, IReadOnlyList<Position?> Positions)
{
    public static readonly PathOrigin Nothing = new("nothing", [null]);

    public static readonly PathOrigin Lost = new("Lost",
        [.. Domain.Stages.All.Select(stage => (Position?)new Position(stage, Outcome.Lost))]);

    public static PathOrigin Open(Stage first, Stage last) =>
        new(
            first == last ? $"Open, stage {(int)first}" : $"Open, stages {(int)first}–{(int)last}",
            [.. Domain.Stages.All.Where(stage => stage >= first && stage <= last)
                .Select(stage => (Position?)new Position(stage, Outcome.Open))]);

    /// <summary>Open from a stage on, or Completed (which only a deal in the last stage can be).</summary>
    public static PathOrigin OpenOrCompleted(Stage first) =>
        new(
            (first == Stage.PostPurchase ? "stage 5" : $"stages {(int)first}–5") + ", Open or Completed",
            [.. Open(first, Stage.PostPurchase).Positions, new Position(Stage.PostPurchase, Outcome.Completed)]);
}

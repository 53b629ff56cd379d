using PipelineCrm.Lists;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>Sends what is done to many records in parts, so that one sees how far it is and may stop.</summary>
internal sealed class BulkRun(int of)
{
    /// <summary>How many at a time: few enough that the bar moves.</summary>
    private const int Part = 20;

    private readonly List<RecordEdit> _changed = [];
    private readonly List<RecordRefusal> _refused = [];
    private int _unchanged;

    public int Of => of;

    public int Done { get; private set; }

    public int Left => of - Done;

    public bool Stopping { get; private set; }

    public bool Running { get; private set; } = true;

    public Problem? Problem { get; private set; }

    public RecordEdits Edits => new(_changed, _unchanged, _refused);

    /// <summary>Whether all of it was done, each as it was wanted.</summary>
    public bool IsWhole => Left == 0 && _refused.Count == 0 && Problem is null;

    public void Stop() => Stopping = true;

    /// <param name="moved">After each part.</param>
    public async Task Send<T>(IReadOnlyList<T> all, Func<IReadOnlyList<T>, Task<Result<RecordEdits>>> send, Action? moved = null)
    {
        foreach (var part in all.Chunk(Part))
        {
            var result = await send(part);
            if (!result.Ok)
            {
                Problem = result.Problem;
                break;
            }

            _changed.AddRange(result.Value.Changed);
            _refused.AddRange(result.Value.Refused);
            (_unchanged, Done) = (_unchanged + result.Value.Unchanged, Done + part.Length);
            moved?.Invoke();
            if (Stopping)
            {
                break;
            }
        }

        Running = false;
    }
}

namespace PipelineCrm.Web.Components.Rules;

internal enum WordKind
{
    Same = 0,
    Gone = 1,
    Come = 2,
}

/// <summary>Tells two sentences' pieces apart by their longest common sequence.</summary>
internal static class SentenceDifference
{
    public static IReadOnlyList<(SentencePart Part, WordKind Kind)> Between(IReadOnlyList<SentencePart> before,
        IReadOnlyList<SentencePart> after)
    {
        var common = new int[before.Count + 1, after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
        {
            for (var j = after.Count - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var words = new List<(SentencePart, WordKind)>();
        var (old, now) = (0, 0);
        while (old < before.Count || now < after.Count)
        {
            if (old < before.Count && now < after.Count && before[old] == after[now])
            {
                words.Add((after[now++], WordKind.Same));
                old++;
            }
            else if (old < before.Count && (now == after.Count || common[old + 1, now] >= common[old, now + 1]))
            {
                words.Add((before[old++], WordKind.Gone));
            }
            else
            {
                words.Add((after[now++], WordKind.Come));
            }
        }

        return words;
    }
}

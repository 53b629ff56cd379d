using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>A chip of the filter while it is being filled in: one condition, or a group with groups in it. One condition is open, the
/// others are read as sentences.</summary>
public sealed class FilterForm
{
    private readonly Func<Condition?, FilterDraft> _draft;

    public FilterForm(Condition? condition, Func<Condition?, FilterDraft> draft)
    {
        _draft = draft;
        if (condition is { Field: null })
        {
            Root = Group(condition);
        }
        else
        {
            Root.Parts.Add(Open = new FilterLine { Draft = draft(condition) });
            Added = condition is null ? Open : null;
        }
    }

    public FilterLine Root { get; private set; } = new();

    /// <summary>The condition whose fields are shown; null: none.</summary>
    public FilterLine? Open { get; private set; }

    /// <summary>The condition that was added last.</summary>
    public FilterLine? Added { get; private set; }

    /// <summary>Whether the open one was left before it was whole.</summary>
    public bool Misses { get; private set; }

    public bool IsGroup => Root.Parts.Count > 1 || Root.Parts[0].Draft is null;

    /// <summary>Opens one; what is open so far has to be whole before.</summary>
    public void Edit(FilterLine line)
    {
        if (IsWhole())
        {
            Open = line;
        }
    }

    public void AddCondition(FilterLine group)
    {
        if (IsWhole())
        {
            group.Parts.Add(Add());
        }
    }

    /// <summary>Of the other kind than the one that it stands in: of the same kind it would say nothing.</summary>
    public void AddGroup(FilterLine group)
    {
        if (IsWhole())
        {
            var added = new FilterLine { All = !group.All };
            added.Parts.Add(Add());
            group.Parts.Add(added);
        }
    }

    /// <summary>Another fact, so another comparison and value.</summary>
    public void Replace(FilterLine line, FilterDraft draft) => (line.Draft, Misses) = (draft, false);

    /// <summary>A group that is empty goes with its last condition; the one that is left of all is opened.</summary>
    public void Remove(FilterLine line)
    {
        Without(Root, line);
        if (Root.Leaves.ToList() is [var only])
        {
            Root = new FilterLine { All = Root.All };
            Root.Parts.Add(only);
            Open = only;
        }
        else if (Open is { } open && !Root.Leaves.Contains(open))
        {
            (Open, Misses) = (null, false);
        }
    }

    /// <summary>What is asked; null while something is missing, which is open then.</summary>
    public Condition? Finish()
    {
        if (Root.Leaves.FirstOrDefault(leaf => leaf.Draft!.Condition is null) is { } missing)
        {
            (Open, Misses) = (missing, true);
            return null;
        }

        return FilterParts.Plain(Of(Root));
    }

    private static void Without(FilterLine group, FilterLine line)
    {
        group.Parts.Remove(line);
        group.Parts.ForEach(part => Without(part, line));
        group.Parts.RemoveAll(part => part.Draft is null && part.Parts.Count == 0);
    }

    private static Condition Of(FilterLine line) => line switch
    {
        { Draft: { } draft } => draft.Condition!,
        { All: true } => new Condition(All: [.. line.Parts.Select(Of)]),
        _ => new Condition(Any: [.. line.Parts.Select(Of)]),
    };

    private FilterLine Add() => Added = Open = new FilterLine { Draft = _draft(null) };

    private bool IsWhole() => !(Misses = Open?.Draft is { Condition: null });

    private FilterLine Group(Condition condition)
    {
        var group = new FilterLine { All = condition.All is not null };
        group.Parts.AddRange((condition.All ?? condition.Any!)
            .Select(part => part.Field is null ? Group(part) : new FilterLine { Draft = _draft(part) }));
        return group;
    }
}

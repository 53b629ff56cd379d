namespace PipelineCrm.Kernel;

/// <summary>An id that cannot be mistaken for another entity's.</summary>
public interface ITypedId<TSelf> : IParsable<TSelf> where TSelf : struct, ITypedId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);

    /// <summary>A new id; ids grow with time (UUID version 7).</summary>
    static TSelf New() => TSelf.From(Guid.CreateVersion7());
}

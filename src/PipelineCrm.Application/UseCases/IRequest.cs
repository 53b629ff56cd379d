namespace PipelineCrm.UseCases;

/// <summary>A use case's input. Its definition stands in the file of the use case: a record called <c>Query</c> where it only reads, else
/// <c>Command</c>.</summary>
public interface IRequest<TAnswer>
{
    /// <summary>Which roles may send it at all.</summary>
    static abstract AccessLevel Access { get; }
}

/// <summary>A request whose handler reads the caller's rights again under the lock that keeps them from changing, before it decides or
/// tells anything by them: until then those that were read last will do, and a round trip is saved.</summary>
internal interface IRightsUnderLock;

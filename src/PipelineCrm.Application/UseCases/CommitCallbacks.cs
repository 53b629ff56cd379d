namespace PipelineCrm.UseCases;

/// <summary>What a use case sets off once its transaction, which may be one around it, is committed: nobody is woken for rows that are not
/// there yet.</summary>
internal sealed class CommitCallbacks
{
    private readonly List<Action> _actions = [];

    public void Add(Action action) => _actions.Add(action);

    public void Run() => _actions.ForEach(action => action());
}

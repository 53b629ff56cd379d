namespace PipelineCrm.Access;

/// <summary>What somebody who is nobody yet shows to set up, to load the demo or to be let in by its one click.</summary>
/// <param name="AtTheMachine">Whether the request came over the loopback of the machine itself, through no proxy.</param>
/// <param name="Token">The setup token that the console printed.</param>
public sealed record ConsoleProof(bool AtTheMachine, string? Token);

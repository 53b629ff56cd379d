using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>What somebody who is nobody yet shows to set up, to load the demo or to be let in by its one click.</summary>
/// <param name="AtTheMachine">Whether the request came over the loopback of the machine itself, through no proxy.</param>
/// <param name="Token">The setup token that the console printed.</param>
public sealed record ConsoleProof(bool AtTheMachine, string? Token);

/// <summary>Looks at such proofs; who guesses at the token is slowed down.</summary>
internal sealed class ConsoleProofs(ActorSource actors, Slowdown slowdown, SecurityLog log)
{
    /// <summary>Null where the proof holds.</summary>
    public Problem? Refuse(ConsoleProof? proof, Settings settings)
    {
        if (proof is { AtTheMachine: true })
        {
            return null;
        }

        var (key, from) = ($"setup {actors.Current.From}", actors.Current);
        if (string.IsNullOrWhiteSpace(proof?.Token))
        {
            return Invalid.Field("token", PeopleProblemText.SetupTokenWrong);
        }

        if (slowdown.Enter((key, Slowdown.SetupToken)) is { } wait)
        {
            log.Slowed("setup token", from, wait);
            return Slowdown.TooMany(wait);
        }

        if (!SetupToken.Matches(proof.Token, settings.SetupTokenHash))
        {
            log.SetupTokenWrong(from);
            return Invalid.Field("token", PeopleProblemText.SetupTokenWrong);
        }

        slowdown.TakeBack(key);
        return null;
    }
}

using PipelineCrm.Localization;
using PipelineCrm.Organisation;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>Looks at such proofs; who guesses at the token is slowed down.</summary>
internal sealed class ConsoleProofVerifier(ActorLoader actors, AttemptThrottle throttle, SecurityLog log)
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
            return ValidationProblem.ForField("token", AccessMessages.SetupTokenWrong);
        }

        if (throttle.Enter((key, AttemptThrottle.SetupToken)) is { } wait)
        {
            log.Slowed("setup token", from, wait);
            return AttemptThrottle.TooMany(wait);
        }

        if (!SetupToken.Matches(proof.Token, settings.SetupTokenHash))
        {
            log.SetupTokenWrong(from);
            return ValidationProblem.ForField("token", AccessMessages.SetupTokenWrong);
        }

        throttle.TakeBack(key);
        return null;
    }
}

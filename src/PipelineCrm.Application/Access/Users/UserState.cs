namespace PipelineCrm.Access;

/// <summary>Whether and how somebody can sign in.</summary>
public enum UserState
{
    Active = 1,

    /// <summary>Has not chosen a password yet.</summary>
    Invited = 2,

    /// <summary>Has no e-mail address: known from an import.</summary>
    NotInvited = 3,

    Disabled = 4,

    /// <summary>Of the demo: whoever likes to look around signs in as them.</summary>
    OneClick = 5,

    /// <summary>Invented, at work in the deals that the demo's load made: nobody signs in as them.</summary>
    Demo = 6,
}

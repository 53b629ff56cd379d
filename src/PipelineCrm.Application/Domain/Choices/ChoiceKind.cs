namespace PipelineCrm.Domain;

/// <summary>Where the values of a choice come from.</summary>
public enum ChoiceKind
{
    /// <summary>A list that stands in the declaration.</summary>
    Listed = 1,

    /// <summary>The codes of a kind that an admin keeps: sources, loss reasons.</summary>
    Codes = 2,

    Users = 3,

    Currencies = 4,

    Customers = 5,
}

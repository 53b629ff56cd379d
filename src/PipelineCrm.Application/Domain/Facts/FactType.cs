namespace PipelineCrm.Domain;

/// <summary>What kind of value a fact has: how it is read, written and shown, and which operators may ask about it.</summary>
public enum FactType
{
    Text = 1,
    Number = 2,
    Money = 3,
    Date = 4,

    /// <summary>One of a list.</summary>
    Choice = 5,

    /// <summary>How many of something there are; none is empty.</summary>
    Count = 6,

    Flag = 7,

    /// <summary>Any of a list.</summary>
    Choices = 8,

    /// <summary>Somebody who works here.</summary>
    User = 9,
}

namespace PipelineCrm.Imports;

internal enum ValueType
{
    Text = 1,
    Email = 2,
    Amount = 3,
    Currency = 4,
    Date = 5,
    Role = 6,

    /// <summary>One of a list that stands in the fact's declaration.</summary>
    Listed = 7,
    Source = 8,
    LossReason = 9,
    Team = 10,
    User = 11,
    Product = 12,
    Customer = 13,
    Phone = 14,
    Number = 15,

    /// <summary>Several of such a list, separated by semicolons.</summary>
    Many = 16,
    Flag = 17,

    /// <summary>An amount, with its currency behind it where it is not the organisation's.</summary>
    Money = 18,
}

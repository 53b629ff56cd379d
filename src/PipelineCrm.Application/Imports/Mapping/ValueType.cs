namespace PipelineCrm.Imports;

internal enum ValueType
{
    Text = 1,
    Email = 2,
    Amount = 3,
    Currency = 4,
    Date = 5,
    Role = 6,
    CustomerType = 7,
    Source = 8,
    LossReason = 9,
    Team = 10,
    User = 11,
    Product = 12,
    Customer = 13,
}

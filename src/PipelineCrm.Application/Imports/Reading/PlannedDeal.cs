using PipelineCrm.Domain;

namespace PipelineCrm.Imports;

/// <summary>A deal of the files, checked and ready to be written.</summary>
/// <param name="Key">Its external key, the mapping's name included.</param>
internal sealed record PlannedDeal(
    DealId Id,
    string Key,
    CustomerId Customer,
    UserId Owner,
    ProductId? Product,
    string Title,
    string? Source,
    DealFields Fields,
    IReadOnlyList<PlannedStep> Steps)
{
    /// <summary>Whether it is a move at the import's instant, judged by the rules like any other.</summary>
    public bool IsMove => !Steps[0].Dated;
}

/// <summary>What a step may set; null leaves a field as it is.</summary>
internal sealed record DealFields(decimal? Amount, string? Currency, DateOnly? ExpectedClose)
{
    public static readonly DealFields None = new(null, null, null);

    public DealFields With(DealFields set) => new(set.Amount ?? Amount, set.Currency ?? Currency, set.ExpectedClose ?? ExpectedClose);
}

/// <summary>One transition to be.</summary>
/// <param name="Dated">False: at the import's instant.</param>
internal sealed record PlannedStep(PathStep Step, DateTimeOffset At, bool Dated, bool EntryKnown, DealFields Set, string? ReasonCode);

/// <summary>What one row comes to: deals (none where it only made other things), or what is wrong with it.</summary>
internal sealed record PlannedRow(IReadOnlyList<PlannedDeal> Deals, IReadOnlyList<RowError> Errors);

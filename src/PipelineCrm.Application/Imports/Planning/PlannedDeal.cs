using PipelineCrm.Domain;

namespace PipelineCrm.Imports;

/// <summary>A deal of the files, checked and ready to be written.</summary>
/// <param name="Key">Its external key, the mapping's name included.</param>
/// <param name="Content">What it is opened with.</param>
internal sealed record PlannedDeal(
    DealId Id,
    string Key,
    CustomerId Customer,
    ProductId? Product,
    FactValues Content,
    IReadOnlyList<PlannedStep> Steps)
{
    /// <summary>Whether it is a move at the import's instant, judged by the rules like any other.</summary>
    public bool IsMove => !Steps[0].Dated;
}

/// <summary>One transition to be.</summary>
/// <param name="Dated">False: at the import's instant.</param>
/// <param name="Set">What the deal holds from this step on; the rest stays as it is.</param>
internal sealed record PlannedStep(PathStep Step, DateTimeOffset At, bool Dated, bool EntryKnown, FactValues Set, string? ReasonCode);

/// <summary>What one row comes to: deals (none where it only made other things), or what is wrong with it.</summary>
internal sealed record PlannedRow(IReadOnlyList<PlannedDeal> Deals, IReadOnlyList<RowError> Errors);

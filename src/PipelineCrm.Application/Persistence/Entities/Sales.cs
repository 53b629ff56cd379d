using PipelineCrm.Common;
using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Entities;

internal sealed class Product : IImported
{
    public const int NameLength = 200;

    public ProductId Id { get; init; }
    public required string Name { get; set; }
    public decimal? Price { get; set; }
    public string? Currency { get; set; }
    public bool Active { get; set; }
    public string? ExternalKey { get; init; }
    public int? ImportId { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public long Version { get; set; }
}

/// <summary>Belongs to a deal and is taken back rather than deleted.</summary>
internal interface IBelonging
{
    DealId DealId { get; }

    /// <summary>Since when it counts no longer; null: it does.</summary>
    DateTimeOffset? WithdrawnAt { get; set; }
    UserId? WithdrawnBy { get; set; }
    long Version { get; set; }
}

internal sealed class Quote : IBelonging
{
    public QuoteId Id { get; init; }
    public DealId DealId { get; init; }
    public required string Currency { get; set; }
    public DateOnly? ValidUntil { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public UserId? CreatedBy { get; init; }

    /// <summary>Since when it counts no longer; null: it does.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
    public UserId? WithdrawnBy { get; set; }
    public long Version { get; set; }
    public List<QuoteLine> Lines { get; init; } = [];
}

internal sealed class QuoteLine
{
    public QuoteId QuoteId { get; init; }
    public int Position { get; init; }
    public ProductId ProductId { get; init; }
    public decimal Quantity { get; init; }
    public decimal Price { get; init; }
    public decimal DiscountPercent { get; init; }
}

internal sealed class Payment : IBelonging
{
    public PaymentId Id { get; init; }
    public DealId DealId { get; init; }
    public decimal Amount { get; set; }
    public required string Currency { get; set; }
    public PaymentMethod Method { get; set; }

    /// <summary>It counts from this day on, in the organisation's zone; null: it is known only that it was paid.</summary>
    public DateOnly? PaidAt { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public UserId? CreatedBy { get; init; }

    /// <summary>Since when it counts no longer; null: it does.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
    public UserId? WithdrawnBy { get; set; }
    public long Version { get; set; }
}

/// <summary>A seeded word that people choose from: loss reasons, override reasons, sources.</summary>
internal sealed class Code
{
    public const string Loss = "loss";
    public const string OverrideReason = "override";
    public const string SourceOfDeal = "source";

    public int Id { get; init; }
    public required string Kind { get; init; }
    public required string Value { get; init; }
    public required string NameEn { get; set; }
    public required string NameZh { get; set; }
    public int Position { get; set; }
    public bool Active { get; set; }
}

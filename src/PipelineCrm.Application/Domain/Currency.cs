namespace PipelineCrm.Domain;

/// <summary>A currency of ISO 4217.</summary>
/// <param name="Code">Three capital letters.</param>
/// <param name="Decimals">The minor unit: how many decimals an amount has at most.</param>
/// <param name="NameEn">As the standard names it; <paramref name="NameZh"/> likewise in Chinese.</param>
public sealed record Currency(string Code, int Decimals, string NameEn, string NameZh);

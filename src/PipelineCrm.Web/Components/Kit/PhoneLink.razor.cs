using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace PipelineCrm.Web.Components.Kit;

public sealed partial class PhoneLink
{
    private const int FewestDigits = 3;

    [Parameter, EditorRequired]
    public required string Number { get; set; }

    private string? Address => AddressOf(Number);

    /// <summary>The number as RFC 3966 has it; null for what nobody can dial, from before numbers were checked.</summary>
    public static string? AddressOf(string number)
    {
        var parts = Form().Match(number.Normalize(NormalizationForm.FormKC));
        if (!parts.Success)
        {
            return null;
        }

        // From abroad the zero in brackets is not dialled: +49 (0)40.
        var (main, extension) = (parts.Groups[1].Value, parts.Groups[2]);
        var abroad = main.Contains('+', StringComparison.Ordinal);
        var digits = NoDigit().Replace(abroad ? main.Replace("(0)", "", StringComparison.Ordinal) : main, "");
        return digits.Length < FewestDigits ? null
            : $"tel:{(abroad ? "+" : "")}{digits}{(extension.Success ? $";ext={extension.Value}" : "")}";
    }

    [GeneratedRegex(@"^([0-9+()\-‐-―./\s]+)(?:(?:\p{L}[^0-9]*|[#,;]\s*)([0-9]+))?$")]
    private static partial Regex Form();

    [GeneratedRegex("[^0-9]")]
    private static partial Regex NoDigit();
}

using Microsoft.Extensions.Localization;
using MudBlazor;

namespace PipelineCrm.Web.Localization;

/// <summary>The words that MudBlazor's own parts show; it ships none but English.</summary>
public sealed class MudText;

/// <summary>Gives MudBlazor its words in the language of the page.</summary>
internal sealed class MudTexts(IStringLocalizer<MudText> texts) : MudLocalizer
{
    public override LocalizedString this[string key] => texts[key];

    public override LocalizedString this[string key, params object[] arguments] => texts[key, arguments];
}

using System.Globalization;
using System.Linq.Expressions;
using Microsoft.AspNetCore.Components;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Forms;

public sealed partial class MoneyField
{
    private string _typed = "";
    private decimal? _read;
    private bool _started;

    [Parameter]
    public decimal? Amount { get; set; }
    [Parameter]
    public EventCallback<decimal?> AmountChanged { get; set; }
    [Parameter]
    public Expression<Func<decimal?>>? AmountExpression { get; set; }
    [Parameter, EditorRequired]
    public required string Currency { get; set; }

    /// <summary>Without it the currency is shown, not chosen.</summary>
    [Parameter]
    public EventCallback<string> CurrencyChanged { get; set; }

    /// <summary>The organisation's own first, then what its deals are in, the most frequent first.</summary>
    private IReadOnlyList<string> Used =>
        [.. Session.Organisation.Currencies.Prepend(Session.Organisation.BaseCurrency).Append(Currency).Distinct()];

    protected override void OnParametersSet()
    {
        if (!_started || Amount != _read)
        {
            (_started, _read, Mistake) = (true, Amount, null);
            _typed = MoneyText.Write(Amount, Currency, CultureInfo.CurrentCulture);
        }
    }

    private async Task Typed(ChangeEventArgs change)
    {
        _typed = change.Value as string ?? "";
        await Read(Currency);
    }

    private async Task CurrencyChosen(ChangeEventArgs change)
    {
        var chosen = change.Value as string ?? Currency;
        await CurrencyChanged.InvokeAsync(chosen);
        await Read(chosen);
    }

    private async Task Read(string currency)
    {
        var (amount, mistake) = MoneyText.Read(_typed, currency, CultureInfo.CurrentCulture);
        Mistake = mistake is null ? null : Sentence(mistake.Value, currency);
        _read = amount;
        if (mistake is null)
        {
            _typed = MoneyText.Write(amount, currency, CultureInfo.CurrentCulture);
        }

        await OnMistake.InvokeAsync(Mistake);
        await AmountChanged.InvokeAsync(amount);
    }

    private string Sentence(MoneyError mistake, string currency) => mistake switch
    {
        MoneyError.Form => L["MoneyForm", MoneyText.Write(1234567.5m, currency, CultureInfo.CurrentCulture)],
        MoneyError.Negative => L["MoneyNegative"],
        MoneyError.TooLarge => L["MoneyTooLarge", Formats.Number(Money.Limit)],
        MoneyError.Decimals when Money.Decimals(currency) == 0 => L["MoneyWhole", currency],
        MoneyError.Decimals => L["MoneyDecimals", currency, Money.Decimals(currency)],
    };
}

using PipelineCrm.Domain;
using PipelineCrm.Localization;

namespace PipelineCrm.Imports;

/// <summary>Turns rows into what they make, and says of a row all that is wrong with it. Writes nothing.</summary>
internal sealed class RowPlanner(ImportMapping mapping, string zone, ImportReferenceData reference, FactCatalog facts, string baseCurrency,
    DateTimeOffset now)
{
    private readonly ValueParser _values = new(mapping, zone, reference, baseCurrency);
    private readonly IReadOnlyDictionary<RecordKind, IReadOnlyList<ImportField>> _fields = ImportFields.In(facts);
    private readonly Dictionary<string, long> _dealRows = [];
    private readonly List<(string Key, PendingRecord Draft)> _added = [];
    private readonly List<PlannedDeal> _deals = [];
    private readonly List<RowError> _errors = [];

    public static string Prefix(ImportMapping mapping) => $"{mapping.Name}:";

    public PlannedRow Plan(string file, MappedFile mapped, CsvRow row)
    {
        _added.Clear();
        _deals.Clear();
        _errors.Clear();
        if (row.Broken is { } broken)
        {
            return new PlannedRow([], [new RowError(file, row.Number, "", "", broken)]);
        }

        foreach (var record in mapped.Records)
        {
            Plan(new MappedRow(file, row, record));
        }

        if (_errors.Count > 0)
        {
            _added.ForEach(one => reference.Remove(one.Key, one.Draft));
        }

        return new PlannedRow(_errors.Count > 0 ? [] : [.. _deals], [.. _errors]);
    }

    private void Plan(MappedRow at)
    {
        var key = at.Record.Key.In(at.Row, mapping);
        if (at.Record.Make == RecordKind.Deal)
        {
            PlanDeal(at, key);
        }
        else if (key is not null)
        {
            PlanDraft(at, key);
        }
    }

    private void PlanDraft(MappedRow at, string key)
    {
        var kind = at.Record.Make;
        var values = Fields(at);
        if (reference.DraftOf(kind, key) is { } other)
        {
            foreach (var (name, value) in values.Where(value => !Same(value.Value, other.Values[value.Key])))
            {
                Flaw(at, at.Record.Fields[name], ImportMessages.Differs(other.Row));
            }

            return;
        }

        var known = reference.Known(kind, key);
        if (known is null && values.GetValueOrDefault(Unique(kind)) is string unique && reference.Named(kind, unique) is [var same, ..])
        {
            // Names of teams and products and the e-mails of users are unique: who has it is meant, unless this file names another.
            known = reference.Drafts(kind).Any(draft => draft.Id == same) ? null : same;
            if (known is null)
            {
                Flaw(at, at.Record.Fields[Unique(kind)], ImportMessages.NameTaken(ImportMessages.Kind(kind.ToString())));
            }
        }

        if (known is { } there && reference.IsArchived(there))
        {
            Flaw(at, at.Record.Key, ImportMessages.ArchivedCustomer);
        }

        Add(key, new PendingRecord(kind, known ?? Guid.CreateVersion7(), Prefix(mapping) + key, known is not null, at.File, at.Row.Number,
            values)
        { Content = Content(kind, values) });
    }

    private static bool Same(object? one,
        object? other) => one is string text && other is string kept ? NameNormalization.Exact.Equals(text, kept) : Equals(one, other);

    private static string Unique(RecordKind kind) => kind switch
    {
        RecordKind.Team or RecordKind.Product => ImportFields.Name,
        RecordKind.User => ImportFields.Email,
        RecordKind.Customer or RecordKind.Deal => "",
    };

    private void PlanDeal(MappedRow at, string? key)
    {
        if (key is null)
        {
            Flaw(at, at.Record.Key, ImportMessages.KeyMissing);
            return;
        }

        if (!_dealRows.TryAdd(key, at.Row.Number))
        {
            Flaw(at, at.Record.Key, ImportMessages.DuplicateKey(_dealRows[key]));
            return;
        }

        var values = Fields(at);
        var customer = values.GetValueOrDefault(ImportFields.Customer) as Guid? ?? Placeholder(at);
        var content = Content(RecordKind.Deal, values);
        var steps = new StepPlanner(mapping, _values, facts, _fields[RecordKind.Deal], now).Plan(at, content, _errors);
        if (_errors.Count == 0)
        {
            _deals.Add(new PlannedDeal(
                DealId.New(),
                Prefix(mapping) + key,
                new CustomerId(customer!.Value),
                values.GetValueOrDefault(ImportFields.Product) is Guid product ? new ProductId(product) : null,
                content,
                steps));
        }
    }

    private Guid? Placeholder(MappedRow at)
    {
        if (at.Record.Fields.TryGetValue(ImportFields.Customer, out var customer) && customer.In(at.Row, mapping) is not null)
        {
            // Its error has been reported.
            return null;
        }

        if (at.Record.Placeholder is not { } placeholder)
        {
            Flaw(at, customer!, ImportMessages.NoCustomer);
            return null;
        }

        const string key = "";
        if (reference.DraftOf(RecordKind.Customer, key) is { } made)
        {
            return made.Id;
        }

        var known = reference.Known(RecordKind.Customer, key);
        if (known is { } there && reference.IsArchived(there))
        {
            Flaw(at, at.Record.Key, ImportMessages.ArchivedCustomer);
            return there;
        }

        var draft = new PendingRecord(
            RecordKind.Customer, known ?? Guid.CreateVersion7(), Prefix(mapping), known is not null, at.File, at.Row.Number,
            new Dictionary<string, object?> { [ImportFields.Name] = placeholder.Name })
        {
            Placeholder = true,
            Content = Content(RecordKind.Customer, new Dictionary<string, object?> { [ImportFields.Name] = placeholder.Name }),
        };
        Add(key, draft);
        return draft.Id;
    }

    private Dictionary<string, object?> Fields(MappedRow at)
    {
        var values = new Dictionary<string, object?>();
        foreach (var (name, expression) in at.Record.Fields)
        {
            var value = _values.Read(_fields[at.Record.Make].Single(field => field.Name == name), expression.In(at.Row, mapping));
            if (value.Flaw is { } flaw)
            {
                Flaw(at, expression, flaw);
            }

            values[name] = value.Content;
        }

        foreach (var (field, wrong) in MoneyFlaws(at.Record.Make, values))
        {
            Flaw(at, at.Record.Fields[field], wrong);
        }

        return values;
    }

    /// <summary>An amount or price needs a currency, and has no more decimals than that; a currency that is wrong itself has been
    /// told.</summary>
    private IEnumerable<(string Field, string Wrong)> MoneyFlaws(RecordKind kind, Dictionary<string, object?> values)
    {
        if (kind != RecordKind.Product)
        {
            return MoneyFlaws(Content(kind, values), facts, values.ContainsKey);
        }

        return MoneyFlaw(values.GetValueOrDefault(ImportFields.Price) as decimal?,
            values.GetValueOrDefault(ImportFields.Currency) as string) is { } wrong
            ? [(ImportFields.Price, wrong)]
            : [];
    }

    /// <summary>Of the amounts that people write, at the amount or else at the currency: at what the file fills.</summary>
    /// <param name="filled">Whether the file fills the field of that name.</param>
    public static IEnumerable<(string Field, string Wrong)> MoneyFlaws(FactValues content, FactCatalog facts, Func<string, bool> filled) =>
        from amount in facts.All
        where amount.CurrencyKey is not null
        let field = new[] { amount.Import!, facts.Find(amount.CurrencyKey)!.Import! }.FirstOrDefault(filled)
        let wrong = MoneyFlaw(content.Number(amount.Key), content.Text(amount.CurrencyKey!))
        where field is not null && wrong is not null
        select (field, wrong);

    private static string? MoneyFlaw(decimal? amount, string? currency) =>
        amount is null ? null : currency is null ? ImportMessages.CurrencyNeeded : FieldRules.MisfitOf(amount, currency);

    /// <summary>What of the values the catalogue knows, by the keys of its facts.</summary>
    private FactValues Content(RecordKind kind, Dictionary<string, object?> values) => FactValues.Of(
        _fields[kind].Where(field => field.Fact is not null && values.GetValueOrDefault(field.Name) is not null)
            .Select(field => KeyValuePair.Create(field.Fact!.Key, FactJson.Of(values[field.Name]))));

    private void Add(string key, PendingRecord draft)
    {
        reference.Add(key, draft);
        _added.Add((key, draft));
    }

    private void Flaw(MappedRow at, Expression expression, string reason) => _errors.Add(at.Error(expression, reason));
}

/// <summary>One record of one row of one file.</summary>
internal sealed record MappedRow(string File, CsvRow Row, MappedRecord Record)
{
    public RowError Error(Expression expression, string reason) => new(File, Row.Number, expression.Label, expression.Raw(Row), reason);
}

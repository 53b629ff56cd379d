using PipelineCrm.Localization;

namespace PipelineCrm.Imports;

/// <summary>Turns rows into what they make, and says of a row all that is wrong with it. Writes nothing.</summary>
internal sealed class RowPlanner(ImportMapping mapping, ImportReferenceData reference, DateTimeOffset now)
{
    private readonly ValueParser _values = new(mapping, reference);
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
            foreach (var (name, value) in values.Where(value => !Equals(value.Value, other.Values[value.Key])))
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

        Add(key, new PendingRecord(kind, known ?? Guid.CreateVersion7(), Prefix(mapping) + key, known is not null, at.File, at.Row.Number, values));
    }

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
        var fields = DealFieldsOf(values);
        var steps = new StepPlanner(mapping, _values, now).Plan(at, fields, _errors);
        if (_errors.Count == 0)
        {
            _deals.Add(new PlannedDeal(
                DealId.New(),
                Prefix(mapping) + key,
                new CustomerId(customer!.Value),
                new UserId((Guid)values[ImportFields.Owner]!),
                values.GetValueOrDefault(ImportFields.Product) is Guid product ? new ProductId(product) : null,
                (string)values[ImportFields.Title]!,
                values.GetValueOrDefault(ImportFields.Source) as string,
                fields,
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
        };
        Add(key, draft);
        return draft.Id;
    }

    private Dictionary<string, object?> Fields(MappedRow at)
    {
        var values = new Dictionary<string, object?>();
        foreach (var (name, expression) in at.Record.Fields)
        {
            var value = _values.Read(ImportFields.Find(at.Record.Make, name), expression.In(at.Row, mapping));
            if (value.Flaw is { } flaw)
            {
                Flaw(at, expression, flaw);
            }

            values[name] = value.Content;
        }

        if (NeedsCurrency(values))
        {
            Flaw(at, at.Record.Fields.GetValueOrDefault(ImportFields.Amount) ?? at.Record.Fields[ImportFields.Price], ImportMessages.CurrencyNeeded);
        }

        return values;
    }

    private static bool NeedsCurrency(Dictionary<string, object?> values) =>
        (values.GetValueOrDefault(ImportFields.Amount) ?? values.GetValueOrDefault(ImportFields.Price)) is not null
        && values.GetValueOrDefault(ImportFields.Currency) is null;

    public static DealFields DealFieldsOf(IReadOnlyDictionary<string, object?> values) => new(
        values.GetValueOrDefault(ImportFields.Amount) as decimal?,
        values.GetValueOrDefault(ImportFields.Currency) as string,
        values.GetValueOrDefault(ImportFields.ExpectedClose) as DateOnly?);

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

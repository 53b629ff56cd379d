using System.Globalization;
using PipelineCrm.Domain;
using PipelineCrm.Localization;

namespace PipelineCrm.Imports;

/// <summary>Reads a deal's way along the path from its row.</summary>
internal sealed class StepPlanner(ImportMapping mapping, ValueParser parser, DateTimeOffset now)
{
    private static readonly IReadOnlyList<MappedStep> Opened = [new MappedStep(Place.Awareness)];

    public IReadOnlyList<PlannedStep> Plan(MappedRow at, DealFields fields, List<RowError> errors)
    {
        if (WayOf(at, errors) is not { } way)
        {
            return [];
        }

        var steps = new List<PlannedStep>();
        foreach (var step in way)
        {
            if (errors.Count > 0 || Plan(at, step, steps.LastOrDefault(), errors) is not { } planned)
            {
                continue;
            }

            fields = fields.With(planned.Set);
            if (fields is { Amount: not null, Currency: null })
            {
                errors.Add(at.Error(step.Set![ImportFields.Amount], ImportMessages.CurrencyNeeded));
            }

            steps.Add(planned);
        }

        if (steps.Count == 0 && errors.Count == 0)
        {
            errors.Add(at.Error(way[0].At!, ImportMessages.DateNeeded));
        }

        return steps;
    }

    private IReadOnlyList<MappedStep>? WayOf(MappedRow at, List<RowError> errors)
    {
        if (at.Record.Stage is not { } stage)
        {
            return Opened;
        }

        if (stage.Cases is not { } cases)
        {
            return stage.Steps;
        }

        var value = stage.Value!.In(at.Row, mapping);
        if (value is not null && cases.TryGetValue(value, out var way))
        {
            return way;
        }

        errors.Add(at.Error(stage.Value, value is null ? ImportMessages.Required : ImportMessages.OneOf(string.Join(", ", cases.Keys))));
        return null;
    }

    private PlannedStep? Plan(MappedRow at, MappedStep step, PlannedStep? before, List<RowError> errors)
    {
        var text = step.At?.In(at.Row, mapping);
        if (step.At is not null && text is null)
        {
            if (!step.Optional)
            {
                errors.Add(at.Error(step.At, ImportMessages.DateNeeded));
            }

            return null;
        }

        var instant = text is null ? ParsedValue.Of(now) : parser.Instant(text, now);
        if (instant.Flaw is { } flaw)
        {
            errors.Add(at.Error(step.At!, flaw));
            return null;
        }

        var when = (DateTimeOffset)instant.Content!;
        if (before is not null && when < before.At)
        {
            errors.Add(at.Error(step.At!, ImportMessages.BeforePrevious(before.At.ToString("u", CultureInfo.InvariantCulture))));
            return null;
        }

        if (ImportPath.Step(before?.Step.After, step.To) is not { } possible)
        {
            errors.Add(at.Error(step.At ?? at.Record.Key, ImportMessages.ImpossibleStep(before?.Step.After.Place.ToWire() ?? "-", step.To.ToWire())));
            return null;
        }

        return new PlannedStep(possible, when, step.At is not null, !step.DateUnknown, Set(at, step, errors), Reason(at, step, errors));
    }

    private DealFields Set(MappedRow at, MappedStep step, List<RowError> errors)
    {
        var set = new Dictionary<string, object?>();
        foreach (var (name, expression) in step.Set ?? new Dictionary<string, Expression>())
        {
            set[name] = Take(at, expression, ImportFields.Find(RecordKind.Deal, name), errors);
        }

        return RowPlanner.DealFieldsOf(set);
    }

    private string? Reason(MappedRow at, MappedStep step, List<RowError> errors) =>
        step.Reason is null ? null : Take(at, step.Reason, new ImportField("reason", ValueType.LossReason), errors) as string;

    private object? Take(MappedRow at, Expression expression, ImportField field, List<RowError> errors)
    {
        var value = parser.Read(field, expression.In(at.Row, mapping));
        if (value.Flaw is { } flaw)
        {
            errors.Add(at.Error(expression, flaw));
        }

        return value.Content;
    }
}

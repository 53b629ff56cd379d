using System.Globalization;
using PipelineCrm.Domain;
using PipelineCrm.Localization;

namespace PipelineCrm.Imports;

/// <summary>Reads a deal's way along the path from its row.</summary>
internal sealed class StepPlanner(ImportMapping mapping, ValueParser parser, FactCatalog facts, IReadOnlyList<ImportField> fields,
    DateTimeOffset now)
{
    private static readonly IReadOnlyList<MappedStep> Opened = [new MappedStep(Place.Awareness)];

    public IReadOnlyList<PlannedStep> Plan(MappedRow at, FactValues content, List<RowError> errors)
    {
        if (WayOf(at, errors) is not { } way)
        {
            return [];
        }

        var steps = new List<PlannedStep>();
        var (before, broken) = (errors.Count, false);
        foreach (var step in way)
        {
            var told = errors.Count;
            var planned = Plan(at, step, steps.LastOrDefault(), broken, errors);

            // What comes after a step that could not be read is still read, but not held against it.
            broken |= errors.Count > told;
            if (planned is null)
            {
                continue;
            }

            content = content.With(planned.Set);
            foreach (var (field, wrong) in RowPlanner.MoneyFlaws(content, facts, name => step.Set?.ContainsKey(name) == true))
            {
                errors.Add(at.Error(step.Set![field], wrong));
                broken = true;
            }

            steps.Add(planned);
        }

        if (steps.Count == 0 && errors.Count == before)
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

    /// <param name="afterBroken">A step before it could not be read: where the deal stands is not known.</param>
    private PlannedStep? Plan(MappedRow at, MappedStep step, PlannedStep? before, bool afterBroken, List<RowError> errors)
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
        var (set, reason) = (Set(at, step, errors), Reason(at, step, errors));
        if (afterBroken)
        {
            return null;
        }

        if (before is not null && when < before.At)
        {
            errors.Add(at.Error(step.At!, ImportMessages.BeforePrevious(before.At.ToString("u", CultureInfo.InvariantCulture))));
            return null;
        }

        if (ImportPath.Step(before?.Step.After, step.To) is not { } possible)
        {
            errors.Add(at.Error(step.At ?? at.Record.Key,
                ImportMessages.ImpossibleStep(before?.Step.After.Place.ToWire() ?? ImportMessages.Nothing, step.To.ToWire())));
            return null;
        }

        return new PlannedStep(possible, when, step.At is not null, !step.DateUnknown, set, reason);
    }

    private FactValues Set(MappedRow at, MappedStep step, List<RowError> errors)
    {
        var set = new Dictionary<string, Fact>();
        foreach (var (name, expression) in step.Set ?? new Dictionary<string, Expression>())
        {
            var field = fields.Single(one => one.Name == name);
            set[field.Fact!.Key] = FactJson.Of(Take(at, expression, field, errors));
        }

        return FactValues.Of(set);
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

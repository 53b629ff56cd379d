using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Localization;

namespace PipelineCrm.Lists;

/// <summary>Takes back what <see cref="EditRecords"/> changed, where nothing was changed since: what was, is written like any other
/// change, with its rights.</summary>
public static class UndoEdits
{
    /// <param name="Edits">As they were answered.</param>
    public sealed record Command(FactSubject Subject, IReadOnlyList<RecordEdit> Edits) : IRequest<RecordEdits>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.Subject).IsInEnum();
            RuleFor(x => x.Edits).Must(edits => edits.Count is > 0 and <= EditRecords.Most)
                .WithMessage(_ => FieldMessages.TooManyRecords(EditRecords.Most));
        }
    }

    internal sealed class Handler(RecordWriter writer) : IHandler<Command, RecordEdits>
    {
        public async Task<Result<RecordEdits>> Handle(Command request, CancellationToken ct)
        {
            foreach (var edit in request.Edits.DistinctBy(edit => edit.Id).OrderBy(edit => edit.Id))
            {
                await writer.Write(request.Subject, new SeenRecord(edit.Id, edit.Version), edit.Before, edit.Archived,
                    JsonFieldDictionary.None, ct);
            }

            return writer.Edits;
        }
    }
}

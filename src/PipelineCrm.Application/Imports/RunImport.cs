using FluentValidation;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;

namespace PipelineCrm.Imports;

/// <summary>Imports files of somebody's past by a mapping: all rows or none, unless only the good ones are asked for (docs/api.md,
/// import).</summary>
public static class RunImport
{
    /// <param name="Mapping">The name of a mapping that ships, or a mapping's JSON.</param>
    /// <param name="DryRun">Changes nothing and says what would be.</param>
    /// <param name="GoodRows">Imports the good rows where others are bad.</param>
    /// <param name="BadRows">Opens the file that bad rows are given back in, with a column that says why; one for each file that has any,
    /// by its name.</param>
    /// <param name="As">The e-mail address of the admin who imports; null: the caller, or the only admin.</param>
    public sealed record Command(
        IReadOnlyList<ImportFile> Files,
        ImportMappingSource Mapping,
        bool DryRun = false,
        bool GoodRows = false,
        Func<string, Stream>? BadRows = null,
        string? As = null) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    /// <param name="Done">False where bad rows kept everything from being imported.</param>
    /// <param name="Errors">The first of what is wrong.</param>
    public sealed record Answer(
        bool Done,
        IReadOnlyDictionary<string, long> Read,
        ImportCounts Created,
        ImportCounts Updated,
        ImportCounts Skipped,
        long Rejected,
        IReadOnlyList<RowError> Errors)
    {
        /// <summary>The number by which it can be undone; null where nothing was imported.</summary>
        public int? Import { get; init; }

        /// <summary>What nobody said and was found or taken, e.g. the zone of the dates: sentences for the person.</summary>
        public IReadOnlyList<string> Notes { get; init; } = [];

        /// <summary>From the first row read to the end of the transaction.</summary>
        public TimeSpan Took { get; init; }

        /// <summary>What a bare COPY of the same rows takes; null where they are such that it refuses them.</summary>
        public TimeSpan? PlainCopy { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Files).NotEmpty();
    }

    internal sealed class Handler(ImportActor admins, ActorLoader actors, ImportWriter writer, CurrentFactCatalog facts, TimeProvider time)
        : IHandler<Command, Answer>
    {
        public async Task<Result<Answer>> Handle(Command command, CancellationToken ct)
        {
            var importing = await admins.ActAs(command.As, ct);
            if (!importing.Ok)
            {
                return importing.Problem;
            }

            try
            {
                var mapping = command.Mapping.Read(await facts.Load(ct));
                var files = command.Files.Select(file => MatchedFile.Match(new CsvSource(file), mapping)).OrderBy(file => file.Order)
                    .ToList();
                var zone = mapping.TimeZone ?? actors.Current.Organisation.TimeZone;
                var run = new ImportRun(mapping, zone, files, importing.Value, time.GetUtcNow());
                var answer = await writer.Run(run, command, ct);
                return answer.Ok ? answer.Value with { Notes = run.Notes } : answer;
            }
            catch (UnreadableFileException unreadable)
            {
                return ValidationProblem.ForField("files", unreadable.Message) with { Message = unreadable.Message };
            }
            catch (InvalidMappingException broken)
            {
                return ValidationProblem.ForField("mapping",
                    broken.Message) with
                { Message = ImportMessages.BrokenMapping(broken.Message) };
            }
        }
    }
}

/// <summary>How many of each kind.</summary>
public sealed record ImportCounts(long Deals = 0, long Customers = 0, long Placeholders = 0, long Users = 0, long Products = 0);

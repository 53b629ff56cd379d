using System.Data;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;

namespace PipelineCrm.Imports;

/// <summary>Reads the files row by row into staging, and takes the whole into the database at the end, if it may.</summary>
internal sealed class ImportWriter(CrmDbContext db, UndatedRowPolicy policy, ImportCommit commit, ActorLoader actors,
    CurrentFactCatalog facts)
{
    private const int BatchSize = 2000;
    private const int ErrorsKept = 1000;
    private string? _rank;

    public async Task<Result<RunImport.Answer>> Run(ImportRun run, RunImport.Command command, CancellationToken ct)
    {
        var connection = db.Connection;
        if (connection.State != ConnectionState.Open)
        {
            await db.Database.OpenConnectionAsync(ct);
        }

        var plain = await PlainCopyTiming.Measure(connection, run.Files, ct);
        var started = Stopwatch.GetTimestamp();
        var staging = new Staging(connection, await facts.Load(ct));
        await staging.Create(ct);
        try
        {
            var reading = new ReadSoFar(run, command);
            var reference = await ImportReferenceData.Load(db, RowPlanner.Prefix(run.Mapping), ct);
            await policy.Prepare(ct);
            _rank = await db.Deals.MinAsync(deal => (string?)deal.Rank, ct);
            await ReadAll(run, reference, staging, reading, ct);
            var answer = await Finish(run, command, reference, staging, reading, ct);
            return answer.Ok ? answer.Value with { Took = Stopwatch.GetElapsedTime(started), PlainCopy = plain } : answer;
        }
        finally
        {
            await staging.Drop(CancellationToken.None);
        }
    }

    private async Task ReadAll(ImportRun run, ImportReferenceData reference, Staging staging, ReadSoFar reading, CancellationToken ct)
    {
        var planner = new RowPlanner(run.Mapping, run.Zone, reference, staging.Catalog, actors.Current.Organisation.BaseCurrency, run.Now);
        var replay = new PlannedDealReplay(run.Admin, staging.Catalog);
        var batch = new List<(PlannedDeal Deal, MatchedFile File, CsvRow Row)>();
        using (reading)
        {
            foreach (var file in run.Files)
            {
                foreach (var row in file.Rows())
                {
                    reading.Count(file);
                    var planned = planner.Plan(file.Source.Name, file.Mapped, row);
                    if (planned.Errors.Count > 0)
                    {
                        reading.Reject(file, row, planned.Errors);
                    }

                    batch.AddRange(planned.Deals.Select(deal => (deal, file, row)));
                    if (batch.Count >= BatchSize)
                    {
                        await Stage(batch, reference, replay, staging, reading, ct);
                    }
                }

                await Stage(batch, reference, replay, staging, reading, ct);
            }
        }
    }

    private async Task Stage(
        List<(PlannedDeal Deal, MatchedFile File, CsvRow Row)> batch, ImportReferenceData reference, PlannedDealReplay replay,
        Staging staging, ReadSoFar reading, CancellationToken ct)
    {
        var keys = batch.Select(one => one.Deal.Key).ToList();
        var known = await db.Deals.Where(deal => keys.Contains(deal.ExternalKey!) && !deal.Void).Select(deal => deal.ExternalKey!)
            .ToHashSetAsync(ct);
        await policy.Look([.. batch.Where(one => one.Deal.IsMove).Select(one => one.Deal.Customer).Distinct()], ct);
        var lines = new List<PlannedDealRows>();
        foreach (var (deal, file, row) in batch)
        {
            if (known.Contains(deal.Key))
            {
                reading.SkippedDeals++;
                continue;
            }

            var judged = deal.IsMove ? policy.Judge(deal, reference.DraftOf(deal.Customer)) : ((int, Domain.Verdict)?)null;
            if (judged is { } one && !one.Item2.Moves)
            {
                reading.Reject(file, row, [new RowError(file.Source.Name, row.Number, "", "", UndatedRowPolicy.Reason(one.Item2))]);
                continue;
            }

            lines.Add(replay.Of(deal, _rank = Rank.Above(_rank), judged));
        }

        reading.NewDeals += lines.Count;
        await staging.Add(lines, ct);
        batch.Clear();
    }

    private async Task<Result<RunImport.Answer>> Finish(
        ImportRun run, RunImport.Command command, ImportReferenceData reference, Staging staging, ReadSoFar reading, CancellationToken ct)
    {
        var changes = await commit.Prepare(run, reference, staging.Catalog, ct);
        if (reading.Rejected > 0 && !command.GoodRows)
        {
            return new RunImport.Answer(false, reading.Read, new(), new(), new(), reading.Rejected, reading.Errors);
        }

        var created = changes.Created with { Deals = reading.NewDeals };
        var import = run.Record(created, changes.Updated, reading.Rejected);
        if (!command.DryRun && await commit.Write(run, changes, import, staging, policy, ct) is { } problem)
        {
            return problem;
        }

        var skipped = changes.Skipped with { Deals = reading.SkippedDeals };
        return new RunImport.Answer(true, reading.Read, created, changes.Updated, skipped, reading.Rejected, reading.Errors)
        {
            Import = command.DryRun ? null : import.Id,
        };
    }

    /// <summary>What has been read so far, and what was wrong with it.</summary>
    private sealed class ReadSoFar(ImportRun run, RunImport.Command command) : IDisposable
    {
        private readonly Dictionary<string, RejectedRowsFile> _bad = [];

        public Dictionary<string, long> Read { get; } = run.Files.DistinctBy(file => file.Mapped.Name)
            .ToDictionary(file => file.Mapped.Name, _ => 0L);

        public List<RowError> Errors { get; } = [];

        public long Rejected { get; private set; }

        public long NewDeals { get; set; }

        public long SkippedDeals { get; set; }

        public void Count(MatchedFile file) => Read[file.Mapped.Name]++;

        public void Reject(MatchedFile file, CsvRow row, IReadOnlyList<RowError> errors)
        {
            Rejected++;
            Errors.AddRange(errors.Take(ErrorsKept - Errors.Count));
            if (command.BadRows is { } open)
            {
                if (!_bad.TryGetValue(file.Source.Name, out var bad))
                {
                    _bad[file.Source.Name] = bad = new RejectedRowsFile(open(file.Source.Name), file);
                }

                bad.Write(row, errors);
            }
        }

        public void Dispose()
        {
            foreach (var bad in _bad.Values)
            {
                bad.Dispose();
            }
        }
    }
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Deals;

/// <summary>
/// Writes down, outside the database and signed, where all chains stand: the last transition of every deal and the last refusal of every
/// deal or customer that has changed since the checkpoints before, every published rule set, and the history in blocks.
/// </summary>
public static class MakeCheckpoint
{
    public sealed record Command : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    /// <param name="File">Where it was written.</param>
    /// <param name="Lines">How many statements it makes.</param>
    public sealed record Answer(string File, int Lines, DateTimeOffset At);

    internal sealed class Handler(CrmDbContext db, CheckpointFolder folder) : IHandler<Command, Answer>
    {
        /// <summary>Rows of the history in one line of the file.</summary>
        private const long Block = 10_000;

        /// <summary>What was written earlier than this has been committed or never will be.</summary>
        private static readonly TimeSpan Settled = TimeSpan.FromHours(1);

        private const string Transitions = """
            select format('transition %s %s %s', t.deal_id, t.seq, encode(t.hash, 'hex'))
            from (select distinct on (deal_id) deal_id, seq, hash from transitions where id > $1 order by deal_id, seq desc) t
            """;

        private const string Refusals = """
            select format('refusal %s %s', r.id, encode(r.hash, 'hex'))
            from (select distinct on (deal_id, case when deal_id is null then customer_id end) id, hash from refusals where id > $1
                  order by deal_id, case when deal_id is null then customer_id end, id desc) r
            """;

        private const string Rules = "select format('rules %s %s', version, encode(hash, 'hex')) from rule_sets order by version";

        private const string Ends = """
            select transaction_timestamp(), coalesce((select max(id) from transitions), 0), coalesce((select max(id) from refusals), 0),
                   coalesce((select max(id) from history where recorded_at < transaction_timestamp() - $1), 0)
            """;

        public async Task<Result<Answer>> Handle(Command request, CancellationToken ct)
        {
            if (folder.Path is not { } path)
            {
                return new Problem(ProblemCode.Conflict, ProblemMessages.NoCheckpointFolder);
            }

            await using var snapshot = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
            using var key = CheckpointKey.OpenOrCreate(path);
            var file = Path.Combine(path, CheckpointFolder.FileName);
            await using var alone = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            var (previous, end) = await Last(alone, ct);
            alone.SetLength(end);
            alone.Seek(end, SeekOrigin.Begin);
            using var digest = new CheckpointDigest(previous);
            await using var writer = new StreamWriter(alone);
            var made = await Write(writer, digest, key, ct);
            await writer.FlushAsync(ct);
            alone.Flush(flushToDisk: true);
            db.Add(made);
            await db.SaveChangesAsync(ct);
            await snapshot.CommitAsync(ct);
            return new Answer(file, made.Lines, made.At);
        }

        private async Task<Checkpoint> Write(StreamWriter writer, CheckpointDigest digest, CheckpointKey key, CancellationToken ct)
        {
            var rows = new DifferenceLog(db.Connection);
            var (at, transitions, refusals, history) = (default(DateTimeOffset), 0L, 0L, 0L);
            await rows.Read(Ends, row => (at, transitions, refusals, history) = (row.GetFieldValue<DateTimeOffset>(0), row.GetInt64(1),
                row.GetInt64(2), row.GetInt64(3)), ct, Settled);
            var before = at - Settled;
            var since = await db.Checkpoints.AsNoTracking().Where(one => one.At < before).OrderByDescending(one => one.Id)
                .FirstOrDefaultAsync(ct);
            var told = await db.Checkpoints.AsNoTracking().OrderByDescending(one => one.Id).Select(one => (long?)one.History)
                .FirstOrDefaultAsync(ct) ?? 0;
            await rows.Read(Transitions, row => Say(row.GetString(0)), ct, since?.Transitions ?? 0L);
            await rows.Read(Refusals, row => Say(row.GetString(0)), ct, since?.Refusals ?? 0L);
            await rows.Read(Rules, row => Say(row.GetString(0)), ct);
            for (var from = told; from < history; from = Math.Min(from + Block, history))
            {
                Say((await HistoryBlock.Read(rows, from, Math.Min(from + Block, history), ct)).ToString());
            }

            var instant = at.ToString("O", CultureInfo.InvariantCulture);
            var (lines, hash) = (digest.Lines, digest.Close(instant));
            var signature = key.Sign(hash);
            await writer.WriteAsync(
                new CheckpointTrailer(instant, lines, digest.Previous, Convert.ToHexStringLower(hash), key.Fingerprint,
                    Convert.ToBase64String(signature)) + "\n");
            return new Checkpoint
            {
                At = at,
                Transitions = transitions,
                Refusals = refusals,
                History = Math.Max(history, told),
                Lines = lines,
                Digest = hash,
                Key = key.Fingerprint,
                Signature = signature,
            };

            void Say(string line)
            {
                digest.Add(line);
                writer.Write(line);
                writer.Write('\n');
            }
        }

        /// <summary>The digest of the last checkpoint and where it ends: what lies behind it was cut off while it was written.</summary>
        private static async Task<(string Digest, long End)> Last(FileStream file, CancellationToken ct)
        {
            using var reader = new StreamReader(file, leaveOpen: true);
            var (digest, end, read) = (CheckpointDigest.None, 0L, 0L);
            while (await reader.ReadLineAsync(ct) is { } line)
            {
                read += line.Length + 1;
                if (CheckpointTrailer.Read(line) is { } closing && read <= file.Length)
                {
                    (digest, end) = (closing.Digest, read);
                }
            }

            return (digest, end);
        }
    }
}

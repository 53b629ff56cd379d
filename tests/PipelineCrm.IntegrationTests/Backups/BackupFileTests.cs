using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Backups;

namespace PipelineCrm.IntegrationTests.Backups;

/// <summary>What is no whole backup of this version or an older one is refused, and nothing is changed then.</summary>
[Collection(Restores.Name)]
public sealed class BackupFileTests(LocalCluster cluster, LocalCrm crm) : IClassFixture<LocalCrm>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipelinecrm-backup-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Whole => Path.Combine(_folder, "whole.backup");

    public static TheoryData<string, string> Refused => new()
    {
        { "missing", "is not there" },
        { "a folder", "is not there" },
        { "empty", "is no backup of PipelineCrm" },
        { "a letter", "is no backup of PipelineCrm" },
        { "an archive of pg_dump alone", "is no backup of PipelineCrm" },
        { "its first line alone", "cut off or altered" },
        { "cut within the page", "cut off or altered" },
        { "the page alone", "is damaged: it has" },
        { "without its last byte", "is damaged: it has" },
        { "with a byte too many", "is damaged: it has" },
        { "another schema in the page", "cut off or altered" },
        { "another blank in the page", "cut off or altered" },
        { "one bit of the archive turned", "does not match its checksum" },
        { "of a newer version", "is of a newer version of PipelineCrm (migration 9999_later" },
        { "of a newer layout", "is of another version of PipelineCrm (layout 2" },
        { "an archive that is none", "pg_restore failed" },
        { "an archive that ends in the middle", "pg_restore failed" },
        { "another count of rows", "rows in" },
        { "another schema than it says", "another schema than it says" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_not_a_whole_backup_is_refused_and_nothing_changes(string what, string sentence)
    {
        var target = new RestoreTarget(crm.Connections, cluster.AdminConnectionString, null);
        var manifest = await CrmBackup.Write(crm.Connections.Crm, null, Whole, Ct);
        var file = await Make(what, manifest);
        var before = await State();
        // Not even with force: that is about who works on it.
        var refused =
            await Assert.ThrowsAsync<BackupException>(() => CrmRestore.Run(file, target, force: true, () => Task.CompletedTask, Ct));
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await State());
    }

    private async Task<string> State() => await SampleDatabase.Scalar<string>(
        crm.Connections.Owner,
        """
        select format('%s %s %s', (select oid from pg_database where datname = current_database()), (select count(*) from "__EFMigrationsHistory"),
                      (select string_agg(datname, ',') from pg_database where starts_with(datname, current_database())))
        """);

    private async Task<string> Make(string what, BackupManifest manifest)
    {
        var whole = await File.ReadAllBytesAsync(Whole, Ct);
        var (page, archive) = (whole[..1024], whole[1024..]);
        var file = Path.Combine(_folder, "given");
        switch (what)
        {
            case "missing":
                return file;
            case "a folder":
                return _folder;
            case "of a newer version":
                return await Pack(file, archive, manifest with { Schema = "9999_later" });
            case "of a newer layout":
                return await Pack(file, archive, manifest with { Format = 2 });
            case "an archive that is none":
                return await Pack(file, "Dear customer"u8.ToArray(), manifest);
            case "an archive that ends in the middle":
                return await Pack(file, archive[..(archive.Length * 2 / 3)], manifest);
            case "another count of rows":
                return await Pack(file, archive, manifest with { Rows = manifest.Rows + 1 });
            case "another schema than it says":
                return await Pack(file, archive, manifest with { Schema = SchemaVersion.Known[0] });
        }

        await File.WriteAllBytesAsync(
            file,
            what switch
            {
                "empty" => [],
                "a letter" => "Dear customer"u8.ToArray(),
                "an archive of pg_dump alone" => archive,
                "its first line alone" => page[..19],
                "cut within the page" => page[..1000],
                "the page alone" => page,
                "without its last byte" => whole[..^1],
                "with a byte too many" => [.. whole, 0],
                "another schema in the page" => Altered(page, archive, manifest.Schema, manifest.Schema.Replace('0', '1')),
                "another blank in the page" => [.. page[..1000], (byte)'x', .. page[1001..], .. archive],
                "one bit of the archive turned" => [.. whole[..^100], (byte)(whole[^100] ^ 1), .. whole[^99..]],
                _ => throw new ArgumentOutOfRangeException(nameof(what), what, "No such file."),
            },
            Ct);
        return file;
    }

    private static byte[] Altered(byte[] page, byte[] archive, string from, string to) =>
        [.. System.Text.Encoding.ASCII.GetBytes(System.Text.Encoding.ASCII.GetString(page).Replace(from, to, StringComparison.Ordinal)),
            .. archive];

    /// <summary>A file whose page and checksums are right, whatever they describe.</summary>
    private static async Task<string> Pack(string file, byte[] archive, BackupManifest manifest)
    {
        await BackupFile.Write(
            file,
            async stream =>
            {
                await stream.WriteAsync(archive, Ct);
                return manifest;
            },
            Ct);
        return file;
    }
}

namespace PipelineCrm.Persistence.Backups;

/// <summary>What a backup says about itself, readable at the beginning of its file.</summary>
/// <param name="Product">Always <see cref="ProductName"/>.</param>
/// <param name="Format">How the file is laid out; a program refuses a number that it does not know.</param>
/// <param name="Schema">The last migration that its database had.</param>
/// <param name="Taken">The instant whose state it holds.</param>
/// <param name="Postgres">The major version of the server that it was taken from.</param>
/// <param name="Tables">How many tables it holds.</param>
/// <param name="Rows">How many rows they hold together.</param>
/// <param name="Bytes">The length of what follows the manifest.</param>
/// <param name="Sha256">Over what follows the manifest.</param>
public sealed record BackupManifest(
    string Product, int Format, string Schema, DateTimeOffset Taken, int Postgres, int Tables, long Rows, long Bytes, string Sha256)
{
    public const string ProductName = "PipelineCrm";

    /// <summary>The layout that this program writes.</summary>
    public const int CurrentFormat = 1;
}

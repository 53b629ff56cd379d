namespace PipelineCrm.Persistence.Backups;

/// <summary>A backup could not be made or restored, and nothing was changed; the message is one sentence for the person at the
/// console.</summary>
public sealed class BackupException(string sentence, Exception? cause = null) : Exception(sentence, cause);

namespace PipelineCrm.Persistence.Postgres;

/// <summary>The database cannot be started or reached; the message is one sentence for the person at the console.</summary>
public class DatabaseStartException(string sentence, Exception? cause = null) : Exception(sentence, cause);

/// <summary>PostgreSQL's programs are not on this machine.</summary>
public sealed class PostgresMissingException(string sentence) : DatabaseStartException(sentence);

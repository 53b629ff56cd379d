namespace PipelineCrm.Web.Texts;

/// <summary>Names the texts of moves: verdicts, what they ask for, and what became of them.</summary>
internal sealed class MoveText;

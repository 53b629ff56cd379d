namespace PipelineCrm.Web.Localization;

/// <summary>Names the texts of moves: verdicts, what they ask for, and what became of them.</summary>
internal sealed class MoveText;

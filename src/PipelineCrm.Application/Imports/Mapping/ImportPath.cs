using PipelineCrm.Domain;

namespace PipelineCrm.Imports;

/// <summary>Which move of the machine leads a deal from where it stands to where a file says it went next.</summary>
internal static class ImportPath
{
    /// <summary>Null where no move does. Repurchase and refer open other deals, so they are none of these.</summary>
    public static PathStep? Step(Position? from, Place to) => PurchasePath.Possible(from)
        .FirstOrDefault(step => step.To == to && step.Kind is not (MoveKind.Repurchase or MoveKind.Refer));
}

using System.Globalization;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Rules;

/// <summary>What names the state of the draft; 0 while there is none. It only ever grows.</summary>
internal static class DraftEtag
{
    public static string Of(RuleDraft? draft) => (draft?.Etag ?? 0).ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace PipelineCrm.Localization;

/// <summary>Sentences of the reports, in the language of the current UI culture.</summary>
internal static class FunnelMessages
{
    public static readonly ResourceManager Resources = new(typeof(FunnelMessages));

    public static string DefinitionPassed => Get();

    public static string DefinitionSnapshot => Get();

    public static string NotYet => Get();

    public static string NotADay => Get();

    public static string OneOf => Get();

    public static string NotAnId => Get();

    public static string InFuture => Get();

    public static string FromAfterTo => Get();

    public static string OnlySnapshot => Get();

    public static string OnlyPeriod => Get();

    public static string NotInSnapshot => Get();

    public static string StageNeeded => Get();

    public static string OnlyLost => Get();

    public static string BadLimit => Get();

    public static string BadAfter => Get();

    private static string Get([CallerMemberName] string key = "") =>
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
}

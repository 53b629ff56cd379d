using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace PipelineCrm.Localization;

/// <summary>What loading the demo says, in the language of the current UI culture.</summary>
internal static class DemoMessages
{
    public static readonly ResourceManager Resources = new(typeof(DemoMessages));

    public static string InUse => Get();

    public static string SetUpAlready => Get();

    public static string OrganisationName => Get();

    private static string Get([CallerMemberName] string key = "") =>
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
}

using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace PipelineCrm.Localization;

/// <summary>Sentences for problems, in the language of the current UI culture.</summary>
internal static class ProblemMessages
{
    public static readonly ResourceManager Resources = new(typeof(ProblemMessages));

    public static string Unavailable => Get();

    public static string TooManyAtOnce => Get();

    public static string StorageFull => Get();

    public static string ReadOnly => Get();

    public static string Busy => Get();

    public static string OutcomeUnknown => Get();

    public static string DoneBefore => Get();

    public static string NoCheckpointFolder => Get();

    public static string Unexpected => Get();

    public static string Forbidden => Get();

    public static string Unauthenticated => Get();

    public static string Validation => Get();

    public static string NotFound => Get();

    public static string BadText => Get();

    public static string TooLong => Get();

    public static string Conflict => Get();

    public static string IdempotencyKeyReused => Get();

    public static string MoveRefused => Get();

    private static string Get([CallerMemberName] string key = "") =>
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
}

using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace PipelineCrm.Localization;

/// <summary>Sentences about people, teams, passwords and set-up, in the language of the current UI culture.</summary>
internal static class AccessMessages
{
    private static readonly ResourceManager Resources = new(typeof(AccessMessages));

    public static string PasswordTooShort => Get();

    public static string PasswordTooLong => Get();

    public static string PasswordCommon => Get();

    public static string PasswordTelling => Get();

    public static string PasswordWrong => Get();

    public static string LinkInvalid => Get();

    public static string EmailInvalid => Get();

    public static string EmailTaken => Get();

    public static string ZoneUnknown => Get();

    public static string SetupTokenWrong => Get();

    public static string AlreadySetUp => Get();

    public static string TeamUnknown => Get();

    public static string TeamNameTaken => Get();

    public static string TeamCycle => Get();

    public static string TeamNotEmpty => Get();

    public static string LastAdmin => Get();

    public static string TakesOverRequired => Get();

    public static string TakesOverUnknown => Get();

    public static string LanguageUnknown => Get();

    public static string ThemeUnknown => Get();

    public static string NoEmail => Get();

    public static string UserDisabled => Get();

    public static string NotYourself => Get();

    public static string TokensEnough => Get();

    public static string TokenExpiry => Get();

    public static string SignInFailed => Get();

    public static string DemoSignInOff => Get();

    public static string CodeWrong => Get();

    public static string SecondFactorOn => Get();

    public static string SecondFactorNeeded => Get();

    public static string SecondFactorLate => Get();

    public static string PasskeysEnough => Get();

    public static string PasskeyNotAdded => Get();

    public static string PasskeySignInAgain => Get();

    public static string PasskeyFailed => Get();

    /// <summary>In seconds up to two minutes, then in minutes.</summary>
    public static string TooManyAttempts(TimeSpan wait) => wait <= TimeSpan.FromMinutes(2)
        ? string.Format(CultureInfo.CurrentCulture, Get("TooManyAttemptsSeconds"), (int)Math.Ceiling(wait.TotalSeconds))
        : string.Format(CultureInfo.CurrentCulture, Get("TooManyAttemptsMinutes"), (int)Math.Ceiling(wait.TotalMinutes));

    private static string Get([CallerMemberName] string key = "") =>
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
}

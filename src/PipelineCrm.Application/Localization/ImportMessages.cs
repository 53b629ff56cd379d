using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace PipelineCrm.Localization;

/// <summary>What an import says, in the language of the current UI culture.</summary>
internal static class ImportMessages
{
    public static readonly ResourceManager Resources = new(typeof(ImportMessages));

    public static string Quotes => Get();

    public static string Required => Get();

    public static string ControlCharacter => Get();

    public static string AmountNegative => Get();

    public static string AmountTooLarge => Get();

    public static string AmountDecimals => Get();

    public static string EmailForm => Get();

    public static string InFuture => Get();

    public static string TooEarly => Get();

    public static string DateNeeded => Get();

    public static string NoCustomer => Get();

    public static string CurrencyNeeded => Get();

    public static string KeyMissing => Get();

    public static string NoAdmin => Get();

    public static string SeveralAdmins => Get();

    public static string ChangedMeanwhile => Get();

    public static string ArchivedCustomer => Get();

    public static string NothingImported => Get();

    /// <summary>Where a deal stands that is not opened yet.</summary>
    public static string Nothing => Get();

    public static string EmptyMapping => Get();

    public static string FieldCount(int found, int wanted) => Filled(nameof(FieldCount), found, wanted);

    public static string QuoteNeverClosed(string file, long row) => Filled(nameof(QuoteNeverClosed), file, row);

    public static string EmptyFile(string file) => Filled(nameof(EmptyFile), file);

    /// <param name="row">The first line that is not UTF-8.</param>
    public static string UnknownEncoding(string file, long row) => Filled(nameof(UnknownEncoding), file, row);

    public static string ReadAs(string file, string encoding) => Filled(nameof(ReadAs), file, encoding);

    public static string ZoneTaken(string zone) => Filled(nameof(ZoneTaken), zone);

    /// <param name="part">Of the mapping: what the file seems to be.</param>
    public static string HeaderLacks(string file, string part, string mapping,
        string columns) => Filled(nameof(HeaderLacks), file, part, mapping, columns);

    public static string ColumnTwice(string file, string columns) => Filled(nameof(ColumnTwice), file, columns);

    public static string NoSuchProperty(string property, string path, long line) => Filled(nameof(NoSuchProperty), property, path, line);

    public static string PlaceholderOfDeal(long line) => Filled(nameof(PlaceholderOfDeal), line);

    public static string PropertiesMissing(string properties) => Filled(nameof(PropertiesMissing), properties);

    public static string OtherKind(string path, long line) => Filled(nameof(OtherKind), path, line);

    public static string NoJson(long line, long column) => Filled(nameof(NoJson), line, column);

    public static string OneSource(string path, long line) => Filled(nameof(OneSource), path, line);

    public static string NotText(string file) => Filled(nameof(NotText), file);

    public static string NoHeaderMatch(string file, string mapping, string known) => Filled(nameof(NoHeaderMatch), file, mapping, known);

    public static string UnknownMapping(string name, string known) => Filled(nameof(UnknownMapping), name, known);

    public static string BrokenMapping(string reason) => Filled(nameof(BrokenMapping), reason);

    public static string TooLong(int length) => Filled(nameof(TooLong), length);

    public static string NumberForm(string example) => Filled(nameof(NumberForm), example);

    public static string DateForm(string formats) => Filled(nameof(DateForm), formats);

    public static string OneOf(string known) => Filled(nameof(OneOf), known);

    public static string UnknownReference(string kind) => Filled(nameof(UnknownReference), kind);

    public static string AmbiguousReference(string kind) => Filled(nameof(AmbiguousReference), kind);

    public static string DuplicateKey(long row) => Filled(nameof(DuplicateKey), row);

    public static string Differs(long row) => Filled(nameof(Differs), row);

    public static string NameTaken(string kind) => Filled(nameof(NameTaken), kind);

    public static string BeforePrevious(string instant) => Filled(nameof(BeforePrevious), instant);

    public static string ImpossibleStep(string from, string to) => Filled(nameof(ImpossibleStep), from, to);

    public static string RefusedByRules(string messages) => Filled(nameof(RefusedByRules), messages);

    public static string NoSuchAdmin(string email) => Filled(nameof(NoSuchAdmin), email);

    public static string NoSuchImport(int number) => Filled(nameof(NoSuchImport), number);

    public static string UndoneAlready(int number) => Filled(nameof(UndoneAlready), number);

    /// <param name="titles">Of the first of them.</param>
    public static string Touched(int number, int count, IReadOnlyList<string> titles) =>
        Filled(nameof(Touched), number, count, string.Join(Get("TouchedJoin"), titles), count > titles.Count ? Get("TouchedMore") : "");

    public static string Kind(string kind) => Resources.GetString($"Kind_{kind}", CultureInfo.CurrentUICulture)
        ?? throw new MissingManifestResourceException(kind);

    private static string Get([CallerMemberName] string key = "") =>
        Resources.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);

    private static string Filled(string key, params object[] values) => string.Format(CultureInfo.CurrentCulture, Get(key), values);
}

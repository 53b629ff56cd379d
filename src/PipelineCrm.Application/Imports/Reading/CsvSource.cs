using System.Text;
using CsvHelper;
using PipelineCrm.Localization;

namespace PipelineCrm.Imports;

/// <summary>A file to import. It may be opened more than once.</summary>
/// <param name="Name">As the person knows it; errors name it.</param>
public sealed record ImportFile(string Name, Func<Stream> Open);

/// <summary>Thrown where a file as a whole cannot be read; the sentence says why. Caught by the use case.</summary>
internal sealed class UnreadableFileException(string sentence) : Exception(sentence);

/// <summary>One row under its header.</summary>
/// <param name="Number">The line of the file that it starts on, the header's being 1.</param>
internal sealed record CsvRow(long Number, CsvHeader Header, IReadOnlyList<string> Values)
{
    public string this[string column] => Values[Header.IndexOf(column)];

    /// <summary>Why the row cannot be read at all; null where it can.</summary>
    public string? Broken { get; init; }
}

/// <summary>Reads a file of separated values as a stream, in the encoding that <see cref="TextEncoding"/> recognises; what is none is said
/// clearly.</summary>
internal sealed class CsvSource(ImportFile file)
{
    private const int LongestRow = 1_000_000;
    private static readonly char[] Separators = [',', ';', '\t', '|'];
    private Encoding? _encoding;

    public string Name => file.Name;

    /// <summary>Known once the headers were read.</summary>
    public Encoding Encoding => _encoding ?? throw new InvalidOperationException("The file was not looked at yet.");

    public StreamReader OpenText() => new(file.Open(), Encoding, detectEncodingFromByteOrderMarks: false);

    /// <summary>The header as each separator would cut it.</summary>
    public IReadOnlyList<(char Separator, CsvHeader Header)> Headers()
    {
        _encoding = Recognise();
        return [.. Separators.Select(separator =>
        {
            using var reader = Reader(separator, _ => { });
            return (separator, Header(reader));
        })];
    }

    public IEnumerable<CsvRow> Rows(char separator)
    {
        CsvMalformedRecord? malformed = null;
        using var reader = Reader(separator, record => malformed = record);
        var header = Header(reader);
        while (Next(reader))
        {
            if (malformed is { Reason: CsvMalformedReason.UnterminatedQuote } open)
            {
                throw new UnreadableFileException(ImportMessages.QuoteNeverClosed(file.Name, open.LineNumber));
            }

            var values = new string[reader.FieldCount];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = CsvFile.Unguarded(reader.GetString(i));
            }

            if (values.All(string.IsNullOrWhiteSpace))
            {
                // A row of separators only is none.
                malformed = null;
                continue;
            }

            yield return new CsvRow(reader.LineNumber, header, values)
            {
                Broken = values.Length != header.Columns.Count ? ImportMessages.FieldCount(values.Length, header.Columns.Count)
                    : malformed is null ? null
                    : ImportMessages.Quotes,
            };
            malformed = null;
        }
    }

    private CsvReader Reader(char separator, Action<CsvMalformedRecord> malformed) => CsvReader.Create(
        OpenText(),
        new CsvReaderOptions
        {
            Separator = separator,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MaxRecordSize = LongestRow,
            OnMalformedRecord = malformed,
        });

    private CsvHeader Header(CsvReader reader) => Guarded(reader, () => new CsvHeader([.. reader.Headers.Select(name => name.Trim())]));

    private bool Next(CsvReader reader) => Guarded(reader, reader.Read);

    private T Guarded<T>(CsvReader reader, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableFileException(ImportMessages.UnknownEncoding(file.Name, FirstBadLine()));
        }
        catch (CsvFormatException tooLong)
        {
            throw new UnreadableFileException(ImportMessages.QuoteNeverClosed(file.Name, Math.Max(tooLong.LineNumber, reader.LineNumber)));
        }
    }

    private Encoding Recognise()
    {
        using var stream = file.Open();
        Span<byte> start = stackalloc byte[4096];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var head = start[..length];
        if (length == 0)
        {
            throw new UnreadableFileException(ImportMessages.EmptyFile(file.Name));
        }

        if (TextEncoding.Marked(head) is { } marked)
        {
            return marked;
        }

        if (head.Contains((byte)0) || head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]))
        {
            throw new UnreadableFileException(ImportMessages.NotText(file.Name));
        }

        if (head.TrimStart("\uFEFF"u8).IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw new UnreadableFileException(ImportMessages.EmptyFile(file.Name));
        }

        return TextEncoding.Of(file.Open) ?? throw new UnreadableFileException(ImportMessages.UnknownEncoding(file.Name, FirstBadLine()));
    }

    /// <summary>Which line is not UTF-8: the decoder reads ahead of the rows, so it is looked for anew.</summary>
    private long FirstBadLine()
    {
        using var stream = file.Open();
        var line = 1L;
        var rest = new List<byte>();
        for (var next = stream.ReadByte(); next >= 0; next = stream.ReadByte())
        {
            rest.Add((byte)next);
            if (next == '\n')
            {
                if (!System.Text.Unicode.Utf8.IsValid(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rest)))
                {
                    return line;
                }

                line++;
                rest.Clear();
            }
        }

        return line;
    }
}

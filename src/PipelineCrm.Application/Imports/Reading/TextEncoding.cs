using System.Text;

namespace PipelineCrm.Imports;

/// <summary>Which encoding a file is written in: UTF-8, UTF-16 with its byte order mark, or GB18030 (with GBK and GB2312), as Chinese
/// spreadsheets save.</summary>
internal static class TextEncoding
{
    private const int Portion = 64 * 1024;

    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    public static readonly Encoding Gb18030 =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    private static readonly Encoding Utf16 = new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly Encoding Utf16BigEndian = new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);

    /// <summary>By the file's byte order mark; null where it has none of UTF-16.</summary>
    public static Encoding? Marked(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? Utf16
            : head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Utf16BigEndian : null;

    /// <summary>By what the whole file holds; null where it is neither UTF-8 nor GB18030.</summary>
    public static Encoding? Of(Func<Stream> open) => Decodes(open, Utf8) ? Utf8
        : IsChinese(open) && Decodes(open, Gb18030) ? Gb18030 : null;

    private static bool Decodes(Func<Stream> open, Encoding encoding)
    {
        using var reader = new StreamReader(open(), encoding, detectEncodingFromByteOrderMarks: false);
        var buffer = new char[Portion];
        try
        {
            while (reader.Read(buffer, 0, buffer.Length) > 0)
            {
                // Only whether it can be read is asked.
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>
    /// Most bytes above ASCII stand in pairs of the common table of Chinese characters. A Western letter with an accent is followed
    /// by a plain letter, which no such pair is, and so is half of what Big5 or Shift-JIS write.
    /// </summary>
    private static bool IsChinese(Func<Stream> open)
    {
        using var stream = new BufferedStream(open(), Portion);
        var (common, other) = (0L, 0L);
        for (var first = stream.ReadByte(); first >= 0; first = stream.ReadByte())
        {
            if (first < 0x80)
            {
                continue;
            }

            var second = stream.ReadByte();
            if (first is >= 0xA1 and <= 0xF7 && second is >= 0xA1 and <= 0xFE)
            {
                common++;
            }
            else
            {
                other++;
            }
        }

        return common > 4 * other;
    }
}
